package uz.koprik.gateway.api.misp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.translate.export.ExportOptions;
import uz.koprik.indicators.warninglist.ProtectedValues;

/**
 * The feed for MISP. Recipients who may see the same share one index; indexes are kept in memory up to
 * {@value #MOST_BYTES} bytes, and the least recently used are built anew when they are needed again.
 */
public final class MispFeed {

    /** Of all indexes together. */
    static final long MOST_BYTES = 128L << 20;

    private final Release release;
    private final LocalCentre localCentre;
    private final ProtectedValues protectedValues;
    private final InstantSource clock;
    private final Cache<FeedReader.Sight, FeedIndex> indexes = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((FeedReader.Sight sight, FeedIndex index) ->
                    (int) Math.min(index.state().weight() + 4096, MOST_BYTES))
            .build();

    public MispFeed(Release release, LocalCentre localCentre, ProtectedValues protectedValues, InstantSource clock) {
        this.release = release;
        this.localCentre = localCentre;
        this.protectedValues = protectedValues;
        this.clock = clock;
        release.onErased(indexes::invalidateAll);
    }

    /**
     * The feed as {@code recipient} may see it now. Blocks.
     *
     * @param progress called from time to time while it is read
     */
    FeedState state(Recipient recipient, Runnable progress) throws StoreUnavailable {
        FeedReader reader = reader(recipient, progress);
        FeedIndex index = indexes.get(reader.sight(), sight -> new FeedIndex());
        FeedState before = index.state();
        FeedState state = index.refreshed(reader, protectedValues.warningLists());
        if (state != before) {
            indexes.put(reader.sight(), index); // weighs it again
        }
        return state;
    }

    /**
     * The file of an event; empty when the feed of {@code recipient} has none of that UUID. Blocks.
     *
     * @param event receives what the file is
     */
    Optional<byte[]> file(Recipient recipient, String uuid, Consumer<FeedFile> event, Runnable progress)
            throws StoreUnavailable {
        FeedReader reader = reader(recipient, progress);
        FeedIndex index = indexes.get(reader.sight(), sight -> new FeedIndex());
        return index.file(reader, protectedValues.warningLists(), uuid, event);
    }

    private FeedReader reader(Recipient recipient, Runnable progress) {
        return new FeedReader(
                release, localCentre, protectedValues, recipient, limit(recipient), clock.instant(), progress);
    }

    /** The marking that an account was made for; the default of exports for who has none, such as members. */
    private static Tlp limit(Recipient recipient) {
        return recipient instanceof Recipient.Client client && client.maxTlp() != Tlp.RED
                ? client.maxTlp()
                : ExportOptions.SAFE_LIMIT;
    }
}
