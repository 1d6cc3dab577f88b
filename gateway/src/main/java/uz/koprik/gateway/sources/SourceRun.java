package uz.koprik.gateway.sources;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.crypto.Sha256;
import uz.koprik.gateway.api.transfer.StoredNames;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.sources.FetchedContent.Validators;
import uz.koprik.gateway.sources.SourceEntries.Known;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Reads a feed once: fetches it, compares it with what was taken in last time, and submits the differences. What fails
 * is a state for operators to see; earlier entries then stay as they are. For one thread.
 */
final class SourceRun {

    private static final Logger LOG = LoggerFactory.getLogger(SourceRun.class);
    private static final int PERCENT = 100;

    private final SourceServices services;
    private final FeedSource source;
    private final SourceFetcher fetcher;
    private final SourceStates states;
    private final OtherFeeds others;
    private final BooleanSupplier stop;

    /** What other feeds have. */
    @FunctionalInterface
    interface OtherFeeds {

        /** Keys of their entries. */
        Set<UUID> keys() throws StoreUnavailable;
    }

    /** @param stop turns true when this gateway may not go on */
    SourceRun(
            SourceServices services,
            FeedSource source,
            SourceFetcher fetcher,
            OtherFeeds others,
            BooleanSupplier stop) {
        this.services = services;
        this.source = source;
        this.fetcher = fetcher;
        this.states = new SourceStates(services.stateStore(), source.name());
        this.others = others;
        this.stop = stop;
    }

    /** Another word of a failure: whether it waits for an operator. */
    private static final class Shrunk extends Exception {

        private static final long serialVersionUID = 1L;

        Shrunk(String message) {
            super(message);
        }
    }

    /**
     * Reads the feed.
     *
     * @return how it went
     * @throws StoreUnavailable when not even that can be kept
     */
    SourceState run() throws StoreUnavailable, InterruptedException {
        Instant now = services.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        SourceState before = states.state();
        try {
            SourceState after = take(before, now);
            if (!before.error().isEmpty()) {
                LOG.info("the feed {} is read again", source.name());
            }
            return after;
        } catch (SourceFailure failure) {
            return failed(before, now, failure.getMessage(), false, failure);
        } catch (Shrunk shrunk) {
            return failed(before, now, shrunk.getMessage(), true, shrunk);
        } catch (StoreUnavailable away) {
            LOG.warn("the feed {} was not read: the store cannot serve", source.name(), away);
            return states.change(state ->
                    state.failed(now, "the store cannot serve now; the feed is tried again at its next turn", false));
        } catch (RuntimeException bug) {
            LOG.error("the feed {} was not read because of an unexpected failure", source.name(), bug);
            return states.change(
                    state -> state.failed(now, "something went wrong here, and the log has the details", false));
        }
    }

    private SourceState failed(SourceState before, Instant now, String reason, boolean waits, Exception cause)
            throws StoreUnavailable {
        if (!before.error().equals(reason)) {
            LOG.warn("the feed {} was not read: {}", source.name(), reason);
            LOG.debug("the feed {} was not read", source.name(), cause);
        }
        return states.change(state -> state.failed(now, reason, waits));
    }

    private SourceState take(SourceState before, Instant now)
            throws SourceFailure, Shrunk, StoreUnavailable, InterruptedException {
        String settings = settings();
        boolean known = before.settings().equals(settings) && before.success().isPresent();
        Path into = services.incoming().resolve(source.name() + ".part");
        try {
            PrivateFiles.folders(services.incoming().toAbsolutePath());
            FetchedContent content = fetcher.fetch(source, known ? before.validators() : Validators.NONE, into, stop);
            return switch (content) {
                case FetchedContent.NotModified _
                when !known ->
                    throw new SourceFailure("the server says that nothing changed, but was asked for the whole feed");
                case FetchedContent.NotModified _ -> again(before, now, settings);
                case FetchedContent.Files files -> take(before, now, settings, files);
            };
        } catch (IOException full) {
            throw new SourceFailure("the folder " + services.incoming() + " cannot be written: make room", full);
        } finally {
            try {
                Files.deleteIfExists(into);
            } catch (IOException later) {
                LOG.debug("{} is overwritten at the next turn", into, later);
            }
        }
    }

    /** The feed is as it was. */
    private SourceState again(SourceState before, Instant now, String settings)
            throws SourceFailure, StoreUnavailable, InterruptedException {
        Map<UUID, Known> entries = states.entries(before);
        SourceIntake intake = intake(now, Map.of());
        intake.keep(entries);
        intake.renew();
        SourceState.Figures figures = intake.figures();
        SourceState.Figures all = new SourceState.Figures(
                0, 0, before.entries(), 0, figures.renewed(), before.last().refused());
        if (figures.renewed() == 0) {
            return states.change(state -> before.succeeded(now, before.validators(), settings, before.entries(), all)
                    .stored(state.generation(), state.parts()));
        }
        return states.save(
                before, before.succeeded(now, before.validators(), settings, before.entries(), all), intake.entries());
    }

    private SourceState take(SourceState before, Instant now, String settings, FetchedContent.Files content)
            throws SourceFailure, Shrunk, StoreUnavailable, InterruptedException {
        SourceReader reader = new SourceReader(
                source,
                services.recognition(),
                new StoredNames(services.release(), new Recipient.Operator(SourceObjects.submitter(source))));
        SourceSurvey survey = new SourceSurvey(source, new SourceObjects(services, source));
        reader.read(content.files(), survey);
        Set<UUID> current = survey.keys();
        hold(before, survey.count());
        Map<UUID, Known> earlier = states.entries(before);
        SourceIntake intake = intake(now, earlier);
        reader.read(content.files(), intake);
        intake.finish();
        Set<UUID> gone = new HashSet<>(earlier.keySet());
        gone.removeAll(current);
        if (!source.endsWhenGone()) {
            gone.retainAll(survey.withdrawn());
        }
        intake.end(gone, others);
        intake.renew();
        if (stop.getAsBoolean()) {
            throw new SourceFailure("reading the feed was stopped");
        }
        SourceState.Figures figures = intake.figures();
        SourceState after = states.save(
                before,
                before.succeeded(now, content.validators(), settings, survey.count(), figures),
                intake.entries());
        LOG.info(
                "feed {}: {} entries, {} new, {} changed, {} ended, {} refused",
                source.name(),
                survey.count(),
                figures.fresh(),
                figures.changed(),
                figures.ended(),
                figures.refusedCount());
        return after;
    }

    /** An empty or much shorter feed is a fault of its producer more often than news. */
    private void hold(SourceState before, long count) throws Shrunk {
        boolean tooFew = count == 0 || count * PERCENT < before.entries() * source.leastPercent();
        if (tooFew && !before.accepted()) {
            throw new Shrunk("the feed has " + count + (count == 1 ? " entry" : " entries")
                    + (before.entries() == 0 ? "" : ", and had " + before.entries() + " before")
                    + ": nothing of it is taken and nothing ends; if that is right, koprik feed accept "
                    + source.name());
        }
    }

    private SourceIntake intake(Instant now, Map<UUID, Known> earlier) {
        return new SourceIntake(services, source, new SourceObjects(services, source), earlier, now, stop);
    }

    /** What decides how an entry is taken: after a change of it, the whole feed is compared again. */
    private String settings() {
        String all = String.join(
                "\n",
                source.url(),
                source.path(),
                source.format(),
                source.encoding(),
                source.doubtful().name(),
                source.tlp().label(),
                Integer.toString(source.confidence()),
                String.join(",", source.labels()),
                source.expires().toString(),
                String.join(",", source.forgive()));
        return Sha256.hex(all.getBytes(StandardCharsets.UTF_8));
    }
}
