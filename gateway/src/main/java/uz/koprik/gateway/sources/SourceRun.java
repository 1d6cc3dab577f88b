package uz.koprik.gateway.sources;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.algorithm.SigningUnavailable;
import uz.koprik.gateway.api.transfer.StoredNames;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.sources.FetchedContent.Earlier;
import uz.koprik.gateway.sources.FetchedContent.Fault;
import uz.koprik.gateway.sources.SourceEntries.Known;
import uz.koprik.gateway.trouble.SourceTrouble;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

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
    private final RandomGenerator random;
    private final BooleanSupplier stop;

    /** What other feeds have. */
    @FunctionalInterface
    interface OtherFeeds {

        /**
         * Their entries by key, with the end of the indicator in milliseconds since the epoch; 0 when a feed has it
         * without one.
         */
        Map<UUID, Long> ends() throws StoreUnavailable;
    }

    /**
     * @param random decides how long to wait after failures, within bounds
     * @param stop turns true when this gateway may not go on
     */
    SourceRun(
            SourceServices services,
            FeedSource source,
            SourceFetcher fetcher,
            OtherFeeds others,
            RandomGenerator random,
            BooleanSupplier stop) {
        this.services = services;
        this.source = source;
        this.fetcher = fetcher;
        this.states = new SourceStates(services.stateStore(), source.name());
        this.others = others;
        this.random = random;
        this.stop = stop;
    }

    /** Another word of a failure: whether it waits for an operator. */
    private static final class Shrunk extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Sentence trouble;

        Shrunk(Sentence trouble) {
            super(trouble.text());
            this.trouble = trouble;
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
            return failed(before, now, failure.trouble(), failure.retryAfter(), failure);
        } catch (Shrunk shrunk) {
            LOG.debug("the feed {} was not read", source.name(), shrunk);
            warn(before, shrunk.trouble);
            // An operator decides, so it is not asked for more often than otherwise.
            return states.change(state -> state.failed(now, shrunk.trouble, true, source.interval()));
        } catch (StoreUnavailable away) {
            return failed(before, now, SourceTrouble.FEED_STORE_AWAY.of(), Optional.empty(), away);
        } catch (SigningUnavailable away) {
            return failed(
                    before,
                    now,
                    SourceTrouble.FEED_CANNOT_SIGN.with(Map.of(Sentence.SAID, String.valueOf(away.getMessage()))),
                    Optional.empty(),
                    away);
        } catch (RuntimeException bug) {
            LOG.error("the feed {} was not read because of an unexpected failure", source.name(), bug);
            return failed(before, now, SourceTrouble.FEED_ERROR.of(), Optional.empty(), bug);
        }
    }

    private SourceState failed(
            SourceState before, Instant now, Sentence reason, Optional<Duration> retryAfter, Exception cause)
            throws StoreUnavailable {
        if (stop.getAsBoolean()) {
            return before; // the gateway that goes on reads it at once
        }
        LOG.debug("the feed {} was not read", source.name(), cause);
        warn(before, reason);
        return states.change(state -> state.failed(
                now,
                reason,
                false,
                SourceHealth.pause(state.health().failures() + 1, source.interval(), retryAfter, random)));
    }

    private void warn(SourceState before, Sentence reason) {
        if (!before.error().equals(reason.text())) {
            LOG.warn("the feed {} was not read: {}", source.name(), reason.text());
        }
    }

    private SourceState take(SourceState before, Instant now)
            throws SourceFailure, Shrunk, StoreUnavailable, InterruptedException {
        String settings = settings();
        boolean known = before.content().settings().equals(settings)
                && before.health().success().isPresent();
        Map<UUID, SourceEvents.Taken> events = states.events(before);
        Path into = services.incoming().resolve(source.name() + ".part");
        try {
            empty(into);
            PrivateFiles.folders(into.toAbsolutePath());
            FetchedContent content = fetcher.fetch(
                    source, known ? new Earlier(before.content().validators(), events) : Earlier.NOTHING, into, stop);
            return switch (content) {
                case FetchedContent.NotModified _
                when !known -> throw new SourceFailure(SourceTrouble.FEED_NOTHING_CHANGED.of());
                case FetchedContent.NotModified _ -> again(before, now, events);
                case FetchedContent.Files files ->
                    take(before, now, settings, SourceReading.of(files, survey(), reader()));
                case FetchedContent.Events some ->
                    take(before, now, settings, SourceReading.of(some, events, this::survey, reader()));
            };
        } catch (IOException full) {
            throw new SourceFailure(SourceTrouble.FEED_FOLDER_FULL.with(Map.of("folder", services.incoming())), full);
        } finally {
            try {
                empty(into);
            } catch (IOException later) {
                LOG.debug("{} is emptied at the next turn", into, later);
            }
        }
    }

    /** Removes what a run has fetched. */
    private static void empty(Path into) throws IOException {
        if (Files.isDirectory(into)) {
            try (Stream<Path> files = Files.list(into)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.deleteIfExists(into);
    }

    /** The feed is as it was. */
    private SourceState again(SourceState before, Instant now, Map<UUID, SourceEvents.Taken> events)
            throws SourceFailure, StoreUnavailable, InterruptedException {
        SourceIntake intake = intake(now, Map.of());
        intake.keep(states.entries(before));
        intake.renew();
        SourceFigures figures = intake.figures();
        SourceFigures all = new SourceFigures(
                0,
                0,
                before.content().entries(),
                0,
                figures.renewed(),
                before.last().refused());
        SourceState after = before.succeeded(now, before.content(), all);
        return figures.renewed() == 0
                ? states.change(state -> after.stored(state.papers()))
                : states.save(before, after, intake.entries(), events);
    }

    private SourceReader reader() {
        return new SourceReader(
                source,
                services.recognition(),
                new StoredNames(services.release(), Recipient.Operator.ofCentre(SourceObjects.submitter(source))));
    }

    private SourceSurvey survey() {
        return new SourceSurvey(source, new SourceObjects(services, source));
    }

    private SourceState take(SourceState before, Instant now, String settings, SourceReading reading)
            throws SourceFailure, Shrunk, StoreUnavailable, InterruptedException {
        SourceSurvey survey = reading.survey();
        hold(before, survey.count());
        Map<UUID, Known> earlier = states.entries(before);
        SourceIntake intake = intake(now, earlier);
        reader().read(reading.files(), intake);
        intake.finish();
        intake.keep(reading.kept());
        Set<UUID> gone = new HashSet<>(earlier.keySet());
        gone.removeAll(survey.keys());
        if (!source.endsWhenGone()) {
            gone.retainAll(survey.withdrawn());
        }
        intake.end(gone, others);
        intake.renew();
        if (stop.getAsBoolean()) {
            throw new SourceFailure(SourceTrouble.FEED_STOPPED.of());
        }
        SourceFigures figures = intake.figures();
        SourceContent content = SourceContent.of(reading.validators(), settings, survey, reading.faults());
        SourceState after =
                states.save(before, before.succeeded(now, content, figures), intake.entries(), reading.events());
        LOG.info(
                "feed {}: {} entries, {} new, {} changed, {} ended, {} refused",
                source.name(),
                survey.count(),
                figures.fresh(),
                figures.changed(),
                figures.ended(),
                figures.refusedCount());
        if (!content.notes().equals(before.content().notes())) {
            LOG.info(
                    "feed {}: {} notes on what is not used of it; koprik feed show {} has them",
                    source.name(),
                    content.notes().size(),
                    source.name());
        }
        if (!reading.faults().isEmpty()) {
            Fault first = reading.faults().getFirst();
            LOG.warn(
                    "{} files of the feed {} could not be used; {}: {}",
                    reading.faults().size(),
                    source.name(),
                    first.file(),
                    first.reason());
        }
        return after;
    }

    /** An empty or much shorter feed is a fault of its producer more often than news. */
    private void hold(SourceState before, long count) throws Shrunk {
        boolean tooFew = count == 0 || count * PERCENT < before.content().entries() * source.leastPercent();
        if (tooFew && !before.accepted()) {
            long entries = before.content().entries();
            throw new Shrunk(
                    entries == 0
                            ? SourceTrouble.FEED_EMPTY.with(Map.of("feed", source.name()))
                            : SourceTrouble.FEED_SHRUNK.with(
                                    Map.of("count", count, "before", entries, "feed", source.name())));
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
                // Indicators of MISP have ends since this word is here.
                source.expires().isZero() ? "PT0S" : source.expires() + " of all",
                String.join(",", source.forgive()));
        all += source.columns().isEmpty() ? "" : "\n" + String.join("\n", source.columns());
        return Sha256.hex(all.getBytes(StandardCharsets.UTF_8));
    }
}
