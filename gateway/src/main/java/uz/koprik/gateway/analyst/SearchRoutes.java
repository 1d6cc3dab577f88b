package uz.koprik.gateway.analyst;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.access.Caller;
import uz.koprik.gateway.access.Callers;
import uz.koprik.gateway.access.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryFacts;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/search}: one box for words, values and filters. */
final class SearchRoutes implements Routes {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1000;
    private static final int MAX_VALUES_SHOWN = 20;
    private static final int MAX_QUESTION = 4096;

    private final Desk desk;

    SearchRoutes(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void mount(Router router) {
        router.get("/api/search").handler(Blocking.handler(this::search));
    }

    /** An answer; the schema {@code SearchAnswer}. */
    record Answer(Understood understood, long total, List<Hit> hits, Map<String, List<Count>> facets, String next) {}

    /** How the question was read; the schema {@code Understood}. */
    record Understood(String words, List<ObjectView.ValueView> values, Map<String, List<String>> filters) {}

    /** How often a value of a facet occurs; the schema {@code Count}. */
    record Count(String value, long count) {}

    /** One object found; the schema {@code Hit}. */
    record Hit(
            long seq,
            String id,
            String type,
            String title,
            String version,
            String producer,
            String receivedFrom,
            String received,
            boolean revoked,
            String tlp,
            String origin,
            List<SignerView> signedBy,
            List<ObjectView.ValueView> values) {

        static Hit of(Entry entry) {
            EntryFacts facts = entry.facts();
            JsonObject json = Titles.json(entry);
            List<String> keys = facts.observables();
            return new Hit(
                    entry.seq(),
                    facts.id(),
                    facts.type(),
                    Titles.of(entry, json),
                    Times.text(facts.version()),
                    facts.producer().orElse(null),
                    facts.receivedFrom().isEmpty() ? null : facts.receivedFrom(),
                    Times.text(entry.added()),
                    facts.revoked(),
                    entry.release().tlp().label(),
                    facts.provenance().origin().name().toLowerCase(Locale.ROOT),
                    SignerView.of(facts.provenance()),
                    ObjectView.ValueView.ofKeys(keys.subList(0, Math.min(keys.size(), MAX_VALUES_SHOWN))));
        }
    }

    private Runnable search(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        String text = Optional.ofNullable(request.request().getParam("q")).orElse("");
        if (text.length() > MAX_QUESTION) {
            throw ApiJson.bad("the question is longer than " + MAX_QUESTION
                    + " characters; post pasted text to /api/search/values");
        }
        int limit = Cursors.limit(request, DEFAULT_LIMIT, MAX_LIMIT);
        Optional<Long> before = Cursors.cursor(request);
        SearchBox box = SearchBox.read(text, desk.recognition());
        Search.Result result = desk.release().search(caller.recipient(), question(box, before, limit));
        if (result.total() == 0 && !box.values().isEmpty()) {
            // What looks like a value may be a word: report.pdf, node.js.
            SearchBox words = box.asWords(text);
            Search.Result other = desk.release().search(caller.recipient(), question(words, before, limit));
            if (other.total() > 0) {
                box = words;
                result = other;
            }
        }
        List<Entry> entries = result.entries();
        return ApiJson.reply(
                request,
                200,
                new Answer(
                        new Understood(
                                box.words(),
                                box.values().stream().map(ObjectView.ValueView::of).toList(),
                                box.filters()),
                        result.total(),
                        entries.stream().map(Hit::of).toList(),
                        facets(result),
                        result.more() && !entries.isEmpty() ? Cursors.text(entries.getLast().seq()) : null));
    }

    private Search question(SearchBox box, Optional<Long> before, int limit) {
        return new Search(
                // Release puts the caller's own audience here.
                new Audience(0),
                box.words(),
                box.keys(),
                Set.copyOf(box.filter("type")),
                producers(box.filter("producer")),
                box.filter("from").stream().map(this::origin).collect(Collectors.toUnmodifiableSet()),
                box.filter("tlp").stream().map(Tlps::parse).collect(Collectors.toUnmodifiableSet()),
                moment(box, "since"),
                moment(box, "until"),
                EnumSet.allOf(Search.Facet.class),
                before,
                limit);
    }

    /** Producers by the name of their centre, or by id. */
    private Set<String> producers(List<String> given) {
        Set<String> ids = new HashSet<>();
        for (String one : given) {
            if (one.startsWith("identity--")) {
                ids.add(one);
            } else {
                TrustedCentre centre = desk.trust().centre(one.toLowerCase(Locale.ROOT)).orElseThrow(() -> ApiJson.bad(
                        "no centre of that name is on the trust list; producer: takes a centre or an identity--… id"));
                ids.addAll(centre.producers());
            }
        }
        return ids;
    }

    private String origin(String given) {
        return given.equals("here") || given.equals(desk.us().name()) ? "" : given;
    }

    private static Optional<Long> moment(SearchBox box, String name) {
        List<String> given = box.filter(name);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        String text = given.getLast();
        try {
            return Optional.of(Times.micros(
                    text.indexOf('T') < 0 ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant() : Instant.parse(text)));
        } catch (DateTimeParseException e) {
            throw ApiJson.bad(name + ": takes a day such as 2026-11-22 or a time such as 2026-11-22T08:00:00Z");
        }
    }

    private Map<String, List<Count>> facets(Search.Result result) {
        Map<String, List<Count>> facets = new LinkedHashMap<>();
        for (Search.Facet facet : Search.Facet.values()) {
            List<Count> counts = new ArrayList<>();
            result.facets().getOrDefault(facet, Map.of()).forEach((value, count) -> counts.add(new Count(shown(facet, value), count)));
            facets.put(facet == Search.Facet.RECEIVED_FROM ? "from" : facet.name().toLowerCase(Locale.ROOT), counts);
        }
        return facets;
    }

    private String shown(Search.Facet facet, String value) {
        return switch (facet) {
            case RECEIVED_FROM -> value.isEmpty() ? desk.us().name() : value;
            case TLP -> Tlp.valueOf(value).label();
            case TYPE, PRODUCER -> value;
        };
    }
}
