package uz.koprik.gateway.operations;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import uz.koprik.gateway.backup.ScheduledBackups;
import uz.koprik.gateway.cases.WatchedFolders;
import uz.koprik.gateway.health.HealthRoutes;
import uz.koprik.gateway.renewal.Expiries;
import uz.koprik.indicators.store.StoreStatus;
import uz.koprik.indicators.wording.Sentence;

/**
 * Where the figures of a running centre come from.
 *
 * @param centre its name
 * @param version of this program
 * @param storeKind such as {@code lucene}
 * @param folder on the disk whose room counts
 * @param journal the last check of the journal; empty where the store has none
 * @param clockTrouble what is wrong with the clock
 * @param zone of the centre
 * @param started when this gateway began to answer
 */
public record OperationSources(
        String centre,
        String version,
        HealthRoutes.Readiness readiness,
        Supplier<StoreStatus> store,
        String storeKind,
        Path folder,
        Supplier<Optional<JournalState>> journal,
        MeterRegistry meters,
        AccountLines accounts,
        Supplier<List<ListedFile>> warningLists,
        Supplier<List<WatchedFolders.State>> watched,
        ScheduledBackups backups,
        Expiries expiries,
        Supplier<Optional<Sentence>> clockTrouble,
        ZoneId zone,
        InstantSource clock,
        Instant started) {

    /** When the journal was last read whole, and whether that found damage. */
    public record JournalState(Instant checked, boolean damaged) {}

    /**
     * A warning list that is in force.
     *
     * @param name for people
     * @param version a date as a number, or a counter
     * @param entries how many it has
     * @param modified when its file was last changed
     */
    public record ListedFile(String name, long version, int entries, Instant modified) {}
}
