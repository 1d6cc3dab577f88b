package uz.koprik.gateway.intake;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.RangeCarriers;
import uz.koprik.indicators.store.Search;

/**
 * Writes down what is asked of a store, and how much it hands out: the work that an answer takes, by anything but a
 * clock.
 */
public final class StoreTrace {

    private final List<String> calls = new CopyOnWriteArrayList<>();

    /** The same store, watched. */
    public InternalStore around(InternalStore store) {
        return around(InternalStore.class, store);
    }

    /** The same for another store. */
    public <T> T around(Class<T> type, T store) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(store, arguments);
                        calls.add(method.getName() + size(arguments) + " -> " + entries(answer));
                        return answer;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }

    private static String size(Object[] arguments) {
        return arguments != null && arguments.length > 0 && arguments[0] instanceof Collection<?> many
                ? "(" + many.size() + ")"
                : "";
    }

    /** How many entries were handed out. */
    private static long entries(Object answer) {
        return switch (answer) {
            case null -> 0;
            case Optional<?> one -> one.isPresent() ? 1 : 0;
            case Page page -> page.entries().size();
            case Search.Result result -> result.entries().size();
            case Carriers carriers -> carriers.freshest().size();
            case RangeCarriers within -> within.freshest().size();
            case Map<?, ?> map ->
                map.values().stream().mapToLong(StoreTrace::entries).sum();
            case Collection<?> all -> all.size();
            default -> 0;
        };
    }

    public interface Work {
        void run() throws Exception;
    }

    /** What was asked of the store meanwhile; several threads may have asked, so in no order. */
    public List<String> of(Work work) throws Exception {
        calls.clear();
        work.run();
        return calls.stream().sorted().toList();
    }
}
