package uz.koprik.indicators.store.lease;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import uz.koprik.indicators.store.StoreUnavailable;

/** A register in memory that can lose requests and answers. */
final class MemoryRegister implements LeaseStore {

    enum Fault {
        NONE,
        AWAY,
        /** It is done, and nobody hears of it. */
        ANSWER_LOST,
        /** It is done, asked for once more, and so answered as if another had been first. */
        DONE_TWICE
    }

    private final Map<String, StoredLease> records = new HashMap<>();
    private int versions;
    Fault next = Fault.NONE;

    private Fault fault() {
        Fault now = next;
        next = Fault.NONE;
        return now;
    }

    @Override
    public Optional<StoredLease> read(String name) throws StoreUnavailable {
        if (next == Fault.AWAY) {
            next = Fault.NONE;
            throw new StoreUnavailable("away", null);
        }
        return Optional.ofNullable(records.get(name));
    }

    @Override
    public Optional<String> replace(String name, String expected, LeaseRecord record) throws StoreUnavailable {
        Fault fault = fault();
        if (fault == Fault.AWAY) {
            throw new StoreUnavailable("away", null);
        }
        String there =
                Optional.ofNullable(records.get(name)).map(StoredLease::version).orElse("");
        if (!there.equals(expected)) {
            return Optional.empty();
        }
        String version = "v" + ++versions;
        records.put(name, new StoredLease(version, record));
        return switch (fault) {
            case ANSWER_LOST -> throw new StoreUnavailable("no answer", null);
            case DONE_TWICE -> Optional.empty();
            default -> Optional.of(version);
        };
    }
}
