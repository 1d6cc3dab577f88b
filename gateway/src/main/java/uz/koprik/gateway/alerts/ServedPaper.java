package uz.koprik.gateway.alerts;

import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.papers.Papers;

/**
 * Remembers durably how far a subscription was served. When another gateway of the centre wrote it meanwhile, a change is made to
 * what that one wrote. Safe for use by many threads at once.
 */
final class ServedPaper {

    private static final Logger LOG = LoggerFactory.getLogger(ServedPaper.class);

    private final Papers papers;
    private final String name;
    private final Served fresh;
    private String version = "";
    private Served served;
    private boolean removed;

    private ServedPaper(Papers papers, UUID subscription, Served fresh) {
        this.papers = papers;
        this.name = name(subscription);
        this.fresh = fresh;
        this.served = fresh;
    }

    private static String name(UUID subscription) {
        return "alerts/served/" + subscription + ".json";
    }

    /**
     * Opens what is remembered, or begins.
     *
     * @param fresh what to begin with when nothing is remembered
     */
    static ServedPaper open(Papers papers, UUID subscription, Served fresh) throws StoreUnavailable {
        ServedPaper paper = new ServedPaper(papers, subscription, fresh);
        synchronized (paper) {
            if (!paper.find()) {
                paper.put(fresh);
            }
        }
        return paper;
    }

    /** What is remembered of a subscription now, wherever it is served. */
    static Optional<Served> look(Papers papers, UUID subscription) throws StoreUnavailable {
        Optional<Papers.Paper> there = papers.read(name(subscription));
        return there.isPresent() ? read(there.get()) : Optional.empty();
    }

    private static Optional<Served> read(Papers.Paper paper) {
        try {
            return Optional.of(Served.read(StrictJson.parseObject(paper.content())));
        } catch (MalformedJson | RuntimeException damaged) {
            LOG.error("{} is damaged and begun anew: deliveries go on with the next alert", paper.name(), damaged);
            return Optional.empty();
        }
    }

    private boolean find() throws StoreUnavailable {
        Optional<Papers.Paper> there = papers.read(name);
        if (there.isEmpty()) {
            return false;
        }
        served = read(there.get()).orElse(fresh);
        version = there.get().version();
        return true;
    }

    private boolean put(Served next) throws StoreUnavailable {
        Optional<String> written = papers.replace(name, version, CanonicalJson.bytes(next.write()));
        if (written.isPresent()) {
            version = written.get();
            served = next;
        }
        return written.isPresent();
    }

    synchronized Served now() {
        return served;
    }

    /** Durable when this returns; nothing is written when the subscription is no more. */
    synchronized void change(UnaryOperator<Served> change) throws StoreUnavailable {
        while (!removed && !put(change.apply(served))) {
            removed = !find();
        }
    }

    /** Nothing of it is remembered any more, whoever is still at it. */
    static void remove(Papers papers, UUID subscription) throws StoreUnavailable {
        papers.remove(name(subscription));
    }
}
