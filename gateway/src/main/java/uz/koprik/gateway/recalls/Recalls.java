package uz.koprik.gateway.recalls;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.clock.Admission;
import uz.koprik.gateway.feeds.PartnerReport;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.partners.PartnerLine;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.store.StoreUnavailable;

/** The parts of a running centre that deal with recalls. */
public record Recalls(
        RecallBook book,
        RecallDesk desk,
        RecallKeeper keeper,
        RecallExchange exchange,
        RecallStatus.Reader status,
        RecallProbe probe) {

    private static final Logger LOG = LoggerFactory.getLogger(Recalls.class);

    /**
     * Puts the parts together.
     *
     * @param reports how the exchange with partners goes
     * @param line to partners
     * @param pages of partners
     */
    public static Recalls of(
            RecallBook book,
            Intake intake,
            Release release,
            Trust trust,
            Partners partners,
            Admission admission,
            Supplier<List<PartnerReport>> reports,
            PartnerLine line,
            RecallProbe.Pages pages) {
        RecallReach reach = new RecallReach(reports, trust, book::now);
        RecallKeeper keeper = new RecallKeeper(book, reach, intake, intake.localCentre(), admission);
        RecallIntake pieces = new RecallIntake(book, keeper, release, trust, partners);
        RecallExchange exchange = new RecallExchange(book, pieces, keeper, line);
        return new Recalls(
                book,
                new RecallDesk(book, keeper, release, intake.localCentre(), admission),
                keeper,
                exchange,
                new RecallStatus.Reader(book, exchange, name -> seen(reports.get(), name)),
                new RecallProbe(book, exchange, pages));
    }

    /**
     * Asks all that did not confirm, and those that did, to look once more.
     *
     * @param account who asks, for the log
     */
    public RecallRecord again(RecallRecord record, String account) throws StoreUnavailable, DamagedRecalls {
        RecallRecord settled = keeper.settle(record);
        exchange.again(settled);
        exchange.look();
        LOG.info(
                "account {} asks again about the recall {}",
                account,
                record.recall().id());
        return settled;
    }

    /** Registers the gauges. */
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("koprik.recalls.unconfirmed", this, all -> all.open(RecallStatus.State.WAITING))
                .description("Partners that did not confirm recalls of this centre yet, once per recall")
                .register(meters);
        Gauge.builder("koprik.recalls.refused", this, all -> all.open(RecallStatus.State.REFUSED))
                .description("Partners that refused recalls of this centre, once per recall")
                .register(meters);
        Gauge.builder("koprik.recalls.contradicted", this, all -> all.open(RecallStatus.State.CONTRADICTED))
                .description(
                        "Partners that confirmed recalls of this centre and have the object still, once per recall")
                .register(meters);
    }

    private double open(RecallStatus.State state) {
        return book.all().stream()
                .filter(book::ours)
                .mapToLong(record -> status.of(record).centres().stream()
                        .filter(centre -> centre.state() == state)
                        .count())
                .sum();
    }

    /** Does what is due; call it every second. */
    public void look() {
        exchange.look();
        probe.look();
    }

    /** Lets what runs end soon. */
    public void close() {
        exchange.close();
        probe.close();
    }

    private static Optional<Instant> seen(List<PartnerReport> reports, String name) {
        return reports.stream()
                .filter(report -> report.settings().name().equals(name))
                .findFirst()
                .flatMap(PartnerReport::lastContact);
    }
}
