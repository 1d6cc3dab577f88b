package uz.koprik.gateway.sources;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.sources.FeedSources.SourceReport;
import uz.koprik.indicators.store.StoreUnavailable;

/** How the feeds of others go, as meters; their number is bounded by the settings. */
public final class SourceMeters {

    private static final Logger LOG = LoggerFactory.getLogger(SourceMeters.class);

    private final MeterRegistry meters;
    private final FeedSources sources;
    private final Set<Tags> counted = new HashSet<>();
    private volatile Map<String, SourceState> states = Map.of();

    public SourceMeters(MeterRegistry meters, FeedSources sources) {
        this.meters = meters;
        this.sources = sources;
    }

    /** Reads the states of all feeds; call it before the meters are read. */
    public synchronized void refresh() {
        Map<String, SourceState> now = new HashMap<>();
        try {
            for (SourceReport report : sources.reports()) {
                now.put(report.source().name(), report.state());
            }
        } catch (StoreUnavailable away) {
            LOG.debug("the states of feeds are not known now", away);
            return;
        }
        boolean first = states.isEmpty();
        states = now;
        for (String feed : now.keySet()) {
            if (first) {
                register(feed);
            }
            now.get(feed).totals().refused().keySet().forEach(reason -> refusals(feed, reason));
        }
    }

    private void register(String feed) {
        Tags tags = Tags.of("feed", feed);
        gauge("koprik.feed.entries", tags, "Entries of the feed when it was last read", state -> state.content()
                .entries());
        gauge(
                "koprik.feed.failing",
                tags,
                "1 while the feed cannot be read, else 0",
                state -> state.error().isEmpty() ? 0 : 1);
        gauge(
                "koprik.feed.waiting",
                tags,
                "1 while the feed waits for an operator since it is much shorter than before, else 0",
                state -> state.shrunk() ? 1 : 0);
        gauge(
                "koprik.feed.faulty.files",
                tags,
                "Files of the feed that could not be used when it was last read",
                state -> state.content().faulty());
        moment("koprik.feed.last.success.timestamp", tags, "Last read of the whole feed", state -> state.health()
                .success());
        moment("koprik.feed.last.attempt.timestamp", tags, "Last try to read the feed", state -> state.health()
                .attempt());
        counter(tags, "new", state -> state.totals().fresh());
        counter(tags, "changed", state -> state.totals().changed());
        counter(tags, "unchanged", state -> state.totals().unchanged());
        counter(tags, "ended", state -> state.totals().ended());
        counter(tags, "renewed", state -> state.totals().renewed());
        counter(tags, "refused", state -> state.totals().refusedCount());
    }

    private void refusals(String feed, String reason) {
        Tags tags = Tags.of("feed", feed, "reason", reason);
        if (counted.add(tags)) {
            FunctionCounter.builder(
                            "koprik.feed.refusals",
                            this,
                            all -> all.value(
                                    tags, state -> state.totals().refused().getOrDefault(reason, 0L)))
                    .tags(tags)
                    .description("Refused entries of the feed, by reason")
                    .register(meters);
        }
    }

    private void counter(Tags tags, String outcome, ToDoubleFunction<SourceState> value) {
        FunctionCounter.builder("koprik.feed.objects", this, all -> all.value(tags, value))
                .tags(tags.and("outcome", outcome))
                .description("Entries of the feed, by what became of them")
                .register(meters);
    }

    private void gauge(String name, Tags tags, String description, ToDoubleFunction<SourceState> value) {
        Gauge.builder(name, this, all -> all.value(tags, value))
                .tags(tags)
                .description(description)
                .register(meters);
    }

    private void moment(String name, Tags tags, String description, Moment moment) {
        Gauge.builder(
                        name,
                        this,
                        all -> all.value(tags, state -> moment.of(state)
                                .map(at -> at.toEpochMilli() / 1000.0)
                                .orElse(Double.NaN)))
                .tags(tags)
                .baseUnit("seconds")
                .description(description)
                .register(meters);
    }

    /** A moment that a state may have. */
    @FunctionalInterface
    private interface Moment {
        Optional<Instant> of(SourceState state);
    }

    private double value(Tags tags, ToDoubleFunction<SourceState> value) {
        SourceState state = states.get(tags.stream()
                .filter(tag -> tag.getKey().equals("feed"))
                .findFirst()
                .orElseThrow()
                .getValue());
        return state == null ? Double.NaN : value.applyAsDouble(state);
    }
}
