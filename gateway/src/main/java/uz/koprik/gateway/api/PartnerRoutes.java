package uz.koprik.gateway.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.trust.CardFacts;
import uz.koprik.crypto.trust.TrustedKey;
import uz.koprik.gateway.api.common.CentreNames;
import uz.koprik.gateway.api.common.SentenceView;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.feeds.PartnerDay;
import uz.koprik.gateway.feeds.PartnerFeeds;
import uz.koprik.gateway.feeds.PartnerReport;
import uz.koprik.gateway.feeds.PartnerState;
import uz.koprik.gateway.feeds.RefusalLog;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.StixIds;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.gateway.partners.CardOffers;
import uz.koprik.gateway.partners.KeyNames;
import uz.koprik.gateway.partners.LiveTrust;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.gateway.release.Explanation;
import uz.koprik.gateway.release.Release;
import uz.koprik.gateway.renewal.Expiries;
import uz.koprik.gateway.renewal.Expiry;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.AgreementBasis;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.stix.ForgivenFaults;
import uz.koprik.indicators.stix.rules.ForgivableRule;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreStatus;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;
import uz.koprik.indicators.wording.Sentence;

/** For operators: how the exchange with partners goes, and to whom an object is released. */
public final class PartnerRoutes implements Routes {

    private static final int REFUSALS = 20;

    private final PartnerFeeds feeds;
    private final Release release;
    private final LiveTrust trust;
    private final Partners partners;
    private final Expiries expiries;
    private final ExplainedRedactions redactions;
    private final Supplier<StoreStatus> store;
    private final PartnerDay day;
    private final InstantSource clock;

    /** @param day what was exchanged since the day began */
    public PartnerRoutes(
            PartnerFeeds feeds,
            Release release,
            LiveTrust trust,
            Partners partners,
            Expiries expiries,
            Supplier<StoreStatus> store,
            PartnerDay day,
            InstantSource clock,
            ExplainedRedactions redactions) {
        this.expiries = expiries;
        this.day = day;
        this.clock = clock;
        this.feeds = feeds;
        this.release = release;
        this.trust = trust;
        this.partners = partners;
        this.store = store;
        this.redactions = redactions;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/partners").handler(Blocking.handler(this::all));
        router.get("/api/partners/:name").handler(Blocking.handler(this::one));
        router.post("/api/partners/:name/pull", "from_start").handler(Blocking.handler(this::pull));
        router.get("/api/explain", "id", "to").handler(Blocking.handler(this::explain));
    }

    private Runnable all(RoutingContext request) {
        Callers.require(request, Right.OPERATE);
        List<PartnerReport> reports = feeds.reports(store.get().lastSeq());
        PartnerDay.Day today = day.of(reports);
        List<KeyNames.NamedKey> keys = KeyNames.all(trust.list());
        List<Json> items =
                reports.stream().<Json>map(report -> json(report, today, keys)).toList();
        return reply(
                request,
                200,
                JsonObject.builder()
                        .put("partners", new JsonArray(items))
                        .put("own_expiries", json(expiries.own()))
                        .put("day", today.date().toString())
                        .put("zone", today.zone().getId())
                        .build());
    }

    private Runnable one(RoutingContext request) {
        Callers.require(request, Right.OPERATE);
        String name = request.pathParam("name");
        long lastSeq = store.get().lastSeq();
        PartnerReport report = feeds.find(name, REFUSALS, lastSeq).orElseThrow(() -> unknown(name));
        PartnerDay.Day today = day.of(feeds.reports(lastSeq));
        return reply(request, 200, json(report, today, KeyNames.all(trust.list())));
    }

    private Runnable pull(RoutingContext request) throws StoreUnavailable {
        Callers.require(request, Right.OPERATE);
        String name = request.pathParam("name");
        String text = request.request().getParam("from_start");
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw new Problem(400, "Bad request", "\"from_start\" is true or false");
        }
        boolean fromStart = "true".equals(text);
        return switch (feeds.pull(name, fromStart)) {
            case STARTED ->
                reply(
                        request,
                        202,
                        JsonObject.builder()
                                .put("partner", name)
                                .put("pull", "started")
                                .build());
            case NOT_PULLED ->
                throw new Problem(
                        409,
                        "Not pulled",
                        "nothing is fetched from " + name + ": set pull: true in its section of partners.yaml first");
            case ELSEWHERE ->
                throw new Problem(
                        409,
                        "Elsewhere",
                        "another gateway of this centre fetches from " + name + ": ask that one; GET /api/partners/"
                                + name + " says in run_by which it is");
            case UNKNOWN -> throw unknown(name);
        };
    }

    private Runnable explain(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.OPERATE);
        String id = parameter(request, "id");
        String to = parameter(request, "to");
        if (trust.centre(to).isEmpty()
                && partners.all().stream().noneMatch(settings -> settings.name().equals(to))) {
            throw unknown(to);
        }
        Problem absent = StixIds.absent(id, "there is no such object here");
        Entry object = release.latest(caller.recipient(), id).orElseThrow(() -> absent);
        Recipient recipient = trust.recipient(to, partners.partner(to).agreement());
        Explanation explanation =
                release.explain(id, recipient, caller.recipient()).orElseThrow(() -> absent);
        JsonObject answer = json(explanation)
                .with(
                        "reason",
                        new JsonString(CentreNames.inWords(
                                trust, explanation.decision().reason())));
        List<Sentence> notes = ForgivenFaults.of(StoredObject.json(object));
        if (!notes.isEmpty()) {
            answer = answer.with(
                    "notes",
                    new JsonArray(notes.stream()
                            .<Json>map(note -> new JsonString(note.text()))
                            .toList()));
            answer = answer.with(
                    "note_codes",
                    new JsonArray(notes.stream().<Json>map(SentenceView::json).toList()));
        }
        List<Json> made = redactions.of(id, caller.recipient(), recipient);
        if (!made.isEmpty()) {
            answer = answer.with("redactions", new JsonArray(made));
        }
        Optional<PartnerFeeds.Refused> refused = feeds.refusalOf(to, id, object.seq());
        if (refused.isPresent()) {
            answer = answer.with("refused_by_partner", json(refused.get()));
        }
        return reply(request, 200, answer);
    }

    private static String parameter(RoutingContext request, String name) {
        return Optional.ofNullable(request.request().getParam(name))
                .filter(value -> !value.isBlank())
                .orElseThrow(
                        () -> new Problem(400, "Parameter missing", "the query parameter \"" + name + "\" is needed"));
    }

    private static Problem unknown(String name) {
        return new Problem(
                404,
                "Not found",
                "there is no partner " + (name.matches("[a-z0-9-]{1,63}") ? name : "of that name")
                        + ", neither on the trust list nor in partners.yaml; `koprik partner list` names them");
    }

    private static Runnable reply(RoutingContext request, int status, JsonObject body) {
        Buffer buffer = Buffer.buffer(CanonicalJson.bytes(body));
        return () -> request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(buffer);
    }

    private JsonObject json(PartnerReport report, PartnerDay.Day today, List<KeyNames.NamedKey> keys) {
        PartnerSettings settings = report.settings();
        JsonObject.Builder json = JsonObject.builder()
                .put("name", settings.name())
                .put("kind", report.centre().isPresent() ? "centre" : "taxii");
        report.centre().ifPresent(centre -> {
            json.put("title", centre.title()).put("identity", centre.identity()).put("endpoint", centre.endpoint());
            json.putStrings("roles", centre.roles().stream().sorted().toList());
        });
        settings.taxii()
                .ifPresent(server -> json.put("endpoint", server.apiRoot().toString()));
        Agreement agreement = settings.agreement();
        JsonObject.Builder paper = JsonObject.builder()
                .put("max_tlp", agreement.maxTlp().label())
                .put("ended", !agreement.inForce(clock.instant()))
                .put("basis", agreement.basis().word());
        if (agreement.basis() instanceof AgreementBasis.Signed signed) {
            paper.put("id", signed.id());
        } else if (agreement.basis() instanceof AgreementBasis.Nothing nothing) {
            paper.put("why", nothing.why());
            if (nothing.article() > 0) {
                paper.put("article", nothing.article());
            }
        }
        agreement.personalPurpose().ifPresent(purpose -> paper.put("personal_purpose", purpose));
        agreement.validUntil().ifPresent(until -> paper.put("valid_until", until.toString()));
        paper.put("reference", agreement.reference());
        json.put("agreement", paper.build())
                .put("accept_unsigned", settings.acceptUnsigned())
                .putStrings(
                        "forgive",
                        settings.forgives().stream()
                                .map(ForgivableRule::word)
                                .sorted()
                                .toList())
                .put(
                        "pull",
                        waiting(
                                        direction(
                                                settings.pull(), report.memory().in()),
                                        report.memory().waitingIn())
                                .build())
                .put(
                        "push",
                        waiting(
                                        direction(
                                                settings.push(), report.memory().out()),
                                        report.memory().waitingOut())
                                .put("lag_entries", settings.push() ? report.pushLag() : 0)
                                .build())
                .put("received", counted(report.received()).build())
                .put("pull_line", report.pullLine().word())
                .put("push_line", report.pushLine().word())
                .put("today", json(today.of(settings.name())));
        if (report.centre().isPresent()) {
            json.put("keys", keys(settings.name(), keys)).put("card", card(settings.name(), report.fingerprint()));
        }
        time(json, "last_contact", report.lastContact());
        json.put("expiries", json(expiries.of(settings.name())));
        trust.card(settings.name())
                .map(CardFacts::contacts)
                .filter(contacts -> !contacts.isEmpty())
                .ifPresent(contacts -> json.putStrings("contacts", contacts));
        report.card().ifPresent(card -> {
            JsonObject.Builder shown = JsonObject.builder()
                    .put("state", card.result() == CardOffers.Result.WAITS ? "waits" : "refused")
                    .put("sequence", card.sequence())
                    .put("fingerprint", card.fingerprint());
            card.sentence().write(shown, "note");
            json.put("new_card", shown.build());
        });
        report.runner().ifPresent(gateway -> json.put("run_by", gateway));
        if (!report.refusals().isEmpty()) {
            json.put(
                    "refusals",
                    new JsonArray(report.refusals().stream()
                            .<Json>map(PartnerRoutes::json)
                            .toList()));
        }
        return json.build();
    }

    private static JsonObject json(PartnerDay.Totals totals) {
        return JsonObject.builder()
                .put("in", totals.in())
                .put("out", totals.out())
                .put("refused_in", totals.refusedIn())
                .put("refused_out", totals.refusedOut())
                .build();
    }

    private static JsonArray keys(String partner, List<KeyNames.NamedKey> keys) {
        return new JsonArray(keys.stream()
                .filter(key -> key.centre().name().equals(partner) && !key.removed())
                .<Json>map(named -> {
                    TrustedKey key = named.key();
                    JsonObject.Builder json = JsonObject.builder()
                            .put("name", named.name())
                            .put("kid", key.kid())
                            .put("alg", key.alg())
                            .put("valid_from", key.validFrom().toString())
                            .put("valid_until", key.validUntil().toString());
                    key.compromisedSince().ifPresent(since -> json.put("compromised_since", since.toString()));
                    return json.build();
                })
                .toList());
    }

    /** The card in use; its fingerprint is known once the partner showed that card to this gateway. */
    private JsonObject card(String partner, Optional<String> fingerprint) {
        JsonObject.Builder json = JsonObject.builder();
        trust.card(partner).ifPresent(card -> json.put("sequence", card.sequence())
                .put("issued", card.term().issued().toString())
                .put("expires", card.term().expires().toString()));
        fingerprint.ifPresent(text -> json.put("fingerprint", text));
        return json.build();
    }

    /** All ends, and a sentence for those that people should know of now. */
    private JsonArray json(List<Expiry> ends) {
        Instant now = clock.instant();
        return new JsonArray(ends.stream()
                .<Json>map(expiry -> {
                    JsonObject.Builder json = JsonObject.builder()
                            .put("what", expiry.kind().word())
                            .put("of", expiry.of())
                            .put("at", expiry.at().toString())
                            .put("ended", expiry.ended(now));
                    if (expiry.near(now)) {
                        json.put("warning", expiry.sentence(now))
                                .put("warning_code", expiry.advice().word());
                    }
                    return json.build();
                })
                .toList());
    }

    private static JsonObject.Builder direction(boolean on, PartnerState.Direction direction) {
        JsonObject.Builder json = counted(direction).put("on", on);
        time(json, "last_success", direction.success());
        // Where nothing is tried, nothing is wrong.
        if (on && !direction.error().isEmpty()) {
            direction.trouble().write(json, "last_error");
            time(json, "last_error_at", direction.errorAt());
            time(json, "failing_since", direction.errorSince());
        }
        return json;
    }

    private static JsonObject.Builder counted(PartnerState.Direction direction) {
        JsonObject.Builder json = JsonObject.builder()
                .put("accepted", direction.done())
                .put("unchanged", direction.unchanged())
                .put("refused", direction.refused())
                .put("reasons", reasons(direction.reasons()));
        time(json, "last_contact", direction.contact());
        return json;
    }

    /** Adds those of the refused objects whose reasons can pass. */
    private static JsonObject.Builder waiting(JsonObject.Builder json, Map<String, Long> waiting) {
        return json.put(
                        "waiting",
                        waiting.values().stream().mapToLong(Long::longValue).sum())
                .put("waiting_reasons", reasons(waiting));
    }

    private static JsonObject reasons(Map<String, Long> counts) {
        JsonObject.Builder reasons = JsonObject.builder();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(reason -> reasons.put(reason.getKey().toLowerCase(Locale.ROOT), reason.getValue()));
        return reasons.build();
    }

    private static void time(JsonObject.Builder json, String name, Optional<Instant> time) {
        time.ifPresent(at -> json.put(name, at.toString()));
    }

    /** The code at the end of the words of a Koprik centre; {@code partner} for other words. */
    private static String partnerCode(RefusalLog.Line line) {
        return PartnerFeeds.partnerCode(line)
                .map(Refusal.Code::word)
                .orElse(line.code().toLowerCase(Locale.ROOT));
    }

    private static JsonObject json(RefusalLog.Line line) {
        return JsonObject.builder()
                .put("time", line.time().toString())
                .put("direction", line.direction())
                .put("id", line.id())
                .put("code", line.code().toLowerCase(Locale.ROOT))
                .put("partner_code", partnerCode(line))
                .put("pointer", line.pointer())
                .put("reason", line.reason())
                .build();
    }

    private static JsonObject json(PartnerFeeds.Refused refused) {
        return JsonObject.builder()
                .put("time", refused.line().time().toString())
                .put("reason", refused.line().reason())
                .put("code", partnerCode(refused.line()))
                .put("pushed_again", refused.waiting())
                .build();
    }

    private static JsonObject details(ReleaseDecision decision) {
        JsonObject.Builder details = JsonObject.builder();
        new TreeMap<>(decision.details()).forEach(details::put);
        return details.build();
    }

    private static JsonObject json(Explanation explanation) {
        JsonObject.Builder json = JsonObject.builder()
                .put("id", explanation.id())
                .put("to", explanation.recipient())
                .put("released", explanation.decision().released())
                .put("code", explanation.decision().code().word())
                .put("details", details(explanation.decision()))
                .put("reason", explanation.decision().reason());
        explanation.marked().ifPresent(marked -> json.put("marked", marked.label()));
        json.put("effective", json(explanation.effective()));
        json.put(
                "because",
                new JsonArray(explanation.because().stream()
                        .<Json>map(stricter -> JsonObject.builder()
                                .put("id", stricter.id())
                                .put("effective", json(stricter.effective()))
                                .build())
                        .toList()));
        return json.build();
    }

    private static JsonObject json(ReleaseTerms release) {
        JsonObject.Builder json = JsonObject.builder()
                .put("tlp", release.tlp().label())
                .put("own", release.own())
                .put("personal", release.personal())
                .put("house", release.house());
        release.recipients().ifPresent(recipients -> json.putStrings("recipients", recipients));
        release.embargo().ifPresent(end -> json.put("embargo", end.toString()));
        if (!release.groups().isEmpty()) {
            json.putStrings("groups", release.groups().keySet());
        }
        return json.build();
    }
}
