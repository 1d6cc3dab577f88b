package uz.koprik.indicators.store.state;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import uz.koprik.indicators.store.StoreUnavailable;

/** Papers in memory, of which the answer to a write can get lost. */
public final class MemoryStateStore implements StateStore {

    private final Map<String, Paper> papers = new ConcurrentSkipListMap<>();
    private final AtomicInteger versions = new AtomicInteger();

    /** The next write of such a name is done, and nobody hears of it. */
    public volatile Predicate<String> answerLost = name -> false;

    @Override
    public List<Paper> read(Collection<String> names) {
        return names.stream().map(papers::get).filter(Objects::nonNull).toList();
    }

    @Override
    public synchronized Optional<String> replace(String name, String expected, byte[] content) throws StoreUnavailable {
        String there = Optional.ofNullable(papers.get(name)).map(Paper::version).orElse("");
        if (!there.equals(expected)) {
            return Optional.empty();
        }
        String version = "v" + versions.incrementAndGet();
        papers.put(name, new Paper(name, version, content.clone()));
        if (answerLost.test(name)) {
            answerLost = none -> false;
            throw new StoreUnavailable("no answer", null);
        }
        return Optional.of(version);
    }

    @Override
    public void remove(String name) {
        papers.remove(name);
    }

    @Override
    public List<String> names(String beginning) {
        return papers.keySet().stream()
                .filter(name -> name.startsWith(beginning))
                .toList();
    }
}
