package uz.koprik.gateway.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.trust.CardFacts;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.agreements.AgreedPartners;
import uz.koprik.gateway.agreements.AgreementBook;
import uz.koprik.gateway.agreements.AgreementDesk;
import uz.koprik.gateway.agreements.AgreementDraft;
import uz.koprik.gateway.agreements.AgreementExchange;
import uz.koprik.gateway.agreements.AgreementRefused;
import uz.koprik.gateway.agreements.AgreementVersion;
import uz.koprik.gateway.agreements.FurtherParty;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Article;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.SharingAgreement;
import uz.koprik.indicators.stix.rules.AgreementRule;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/**
 * {@code /api/agreements} and what belongs to it: all members of the centre read agreements, operators act on them.
 * {@code /api/agreement-exchanges} is for partners alone.
 */
public final class AgreementRoutes implements Routes {

    private final AgreementBook book;
    private final AgreementDesk desk;
    private final AgreementExchange exchange;
    private final AgreedPartners partners;
    private final Function<String, Optional<CardFacts>> cards;
    private final Runnable changed;

    /**
     * @param cards of this centre and of partners, by name
     * @param changed called after an act, so that it is in force when the answer leaves
     */
    public AgreementRoutes(
            AgreementBook book,
            AgreementDesk desk,
            AgreementExchange exchange,
            AgreedPartners partners,
            Function<String, Optional<CardFacts>> cards,
            Runnable changed) {
        this.book = book;
        this.desk = desk;
        this.exchange = exchange;
        this.partners = partners;
        this.cards = cards;
        this.changed = changed;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/agreements").handler(Blocking.handler(this::all));
        router.get("/api/agreements/:id").handler(Blocking.handler(this::one));
        router.get("/api/agreement-drafts/:partner").handler(Blocking.handler(this::draft));
        router.post("/api/agreements").handler(Blocking.handler(this::propose));
        router.post("/api/agreements/:id/acceptance").handler(Blocking.handler(this::accept));
        router.post("/api/agreements/:id/decline").handler(Blocking.handler(this::decline));
        router.post("/api/agreements/:id/withdrawal").handler(Blocking.handler(this::withdraw));
        router.post("/api/agreements/:id/termination").handler(Blocking.handler(this::terminate));
        router.post(AgreementExchange.PATH).handler(Blocking.handler(this::exchange));
    }

    /** The schema {@code NewAgreement}. */
    record NewAgreement(
            String partner,
            String change,
            List<String> purposes,
            Boolean purposeOnUse,
            Map<String, Boolean> kinds,
            String maxTlp,
            Boolean relay,
            Integer retentionDays,
            String validFrom,
            String validUntil,
            Integer noticeDays,
            String legalBasis,
            String reference,
            List<String> ownContacts,
            List<String> partnerContacts,
            List<OtherParty> with) {}

    /** The schema {@code OtherParty}. */
    record OtherParty(String partner, List<String> contacts) {}

    /** The schema {@code AgreementAnswer}. */
    record AgreementAnswer(String sha256, String reason) {}

    /** The schema {@code AgreementTermination}. */
    record AgreementTermination(String effective, String reason) {}

    private Runnable all(RoutingContext request) {
        Callers.require(request, Right.ANALYSE);
        AgreementView view = view();
        List<Json> terms = new ArrayList<>();
        List<Json> agreements = new ArrayList<>();
        for (TrustedCentre centre : book.partners()) {
            terms.add(view.terms(
                    centre,
                    partners.partner(centre.name()).agreement(),
                    book.with(centre.identity()),
                    exchange.delivery(centre.identity())));
            agreements.addAll(view.agreements(centre, book.with(centre.identity())));
        }
        return reply(
                request,
                200,
                JsonObject.builder()
                        .put("required", partners.required())
                        .put("partners", new JsonArray(terms))
                        .put("agreements", new JsonArray(agreements))
                        .put("kinds", AgreementView.KINDS)
                        .build());
    }

    private Runnable one(RoutingContext request) {
        Callers.require(request, Right.ANALYSE);
        return reply(request, 200, agreement(request.pathParam("id")));
    }

    private JsonObject agreement(String id) {
        AgreementView view = view();
        return book.partners().stream()
                .flatMap(centre -> view.agreements(centre, book.with(centre.identity())).stream())
                .map(JsonObject.class::cast)
                .filter(agreement -> agreement.string("id").filter(id::equals).isPresent())
                // In a group, the one that stands best: another party may have left.
                .min(Comparator.comparingInt(AgreementView::rank))
                .orElseThrow(() ->
                        new Problem(404, "Not found", "there is no such agreement; `koprik agreement list` names all"));
    }

    private Runnable draft(RoutingContext request) {
        Callers.require(request, Right.OPERATE);
        TrustedCentre partner = partner(request.pathParam("partner"));
        AgreementDraft draft = preset(partner, Optional.empty(), true);
        return reply(
                request,
                200,
                JsonObject.builder()
                        .put("draft", AgreementView.draft(partner.name(), draft))
                        .putStrings("missing", draft.missing())
                        .build());
    }

    private TrustedCentre partner(String name) {
        return book.partner(name)
                .orElseThrow(() -> new Problem(
                        404,
                        "Not found",
                        "there is no partner centre of that name on the trust list; `koprik partner list` names them"));
    }

    /** What a proposal says where it says nothing itself: the last version, or the settings of the partner. */
    private AgreementDraft preset(TrustedCentre partner, Optional<String> change, boolean fromSettings) {
        Optional<AgreementVersion> last =
                change.flatMap(id -> book.with(partner.identity()).last(id));
        if (last.isPresent()) {
            return AgreementDraft.of(last.get().text(), book.self(), partner.identity());
        }
        AgreementDraft settings = AgreementDraft.fromSettings(
                partners.interim(partner.name()), contacts(book.own().name()), contacts(partner.name()));
        return fromSettings ? settings : settings.fresh();
    }

    private List<String> contacts(String centre) {
        return cards.apply(centre).map(CardFacts::contacts).orElse(List.of());
    }

    private Runnable propose(RoutingContext request) throws StoreUnavailable, IOException {
        Caller caller = Callers.require(request, Right.OPERATE);
        NewAgreement form = ApiJson.read(JsonBodies.bytes(request), NewAgreement.class);
        if (form.partner() == null || form.partner().isBlank()) {
            throw ApiJson.bad("\"partner\" is missing: the name of the other party");
        }
        TrustedCentre partner = partner(form.partner());
        Optional<String> change = Optional.ofNullable(form.change());
        AgreementDraft draft = completed(form, preset(partner, change, false));
        if (!draft.missing().isEmpty()) {
            throw ApiJson.bad("the proposal lacks "
                            + draft.missing().stream()
                                    .map(name -> "\"" + name + "\"")
                                    .collect(Collectors.joining(", ")))
                    .with(draft.missing().stream()
                            .map(name -> finding("/" + name, AgreementRule.MISSING.of()))
                            .toList());
        }
        List<FurtherParty> with = with(form, partner, change);
        return done(request, 201, () -> desk.propose(partner.name(), with, change, draft, caller.name()));
    }

    /** The parties besides this centre and the partner: those of the form, or of the version that is changed. */
    private List<FurtherParty> with(NewAgreement form, TrustedCentre partner, Optional<String> change) {
        List<SharingAgreement.Party> before = change.flatMap(
                        id -> book.with(partner.identity()).last(id))
                .map(version -> version.text().parties())
                .orElse(List.of());
        if (form.with() == null) {
            return before.stream()
                    .filter(party -> !Set.of(book.self(), partner.identity()).contains(party.identity()))
                    .map(party -> new FurtherParty(known(party).name(), party.contacts()))
                    .toList();
        }
        List<FurtherParty> with = new ArrayList<>();
        for (OtherParty one : form.with()) {
            if (one == null || one.partner() == null || one.partner().isBlank()) {
                throw ApiJson.bad("\"partner\" is missing at /with/" + with.size() + ": the name of a party");
            }
            TrustedCentre centre = partner(one.partner());
            List<String> known = before.stream()
                    .filter(party -> party.identity().equals(centre.identity()))
                    .map(SharingAgreement.Party::contacts)
                    .findFirst()
                    .orElseGet(() -> contacts(centre.name()));
            with.add(new FurtherParty(centre.name(), one.contacts() == null ? known : one.contacts()));
        }
        return with;
    }

    private TrustedCentre known(SharingAgreement.Party party) {
        return book.partnerOf(party.identity())
                .orElseThrow(() -> new Problem(
                        409,
                        "Conflict",
                        party.name() + " is a party of that agreement and not on the trust list of this centre: add its"
                                + " card before you propose a change"));
    }

    private static AgreementDraft completed(NewAgreement form, AgreementDraft preset) {
        return new AgreementDraft(
                form.purposes() == null ? preset.purposes() : form.purposes(),
                form.purposeOnUse() == null ? preset.purposeOnUse() : form.purposeOnUse(),
                form.kinds() == null ? preset.kinds() : known(form.kinds()),
                form.maxTlp() == null
                        ? preset.maxTlp()
                        : Tlp.parse(form.maxTlp())
                                .filter(tlp -> tlp != Tlp.RED)
                                .orElseThrow(
                                        () -> ApiJson.bad("\"max_tlp\" is one of clear, green, amber, amber+strict")),
                form.relay() == null ? preset.relay() : form.relay(),
                form.retentionDays() == null ? preset.retentionDays() : form.retentionDays(),
                form.validFrom() == null ? preset.validFrom() : Optional.of(moment("valid_from", form.validFrom())),
                form.validUntil() == null ? preset.validUntil() : Optional.of(moment("valid_until", form.validUntil())),
                form.noticeDays() == null ? preset.noticeDays() : form.noticeDays(),
                form.legalBasis() == null ? preset.legalBasis() : form.legalBasis(),
                form.reference() == null ? preset.reference() : form.reference(),
                form.ownContacts() == null ? preset.ownContacts() : form.ownContacts(),
                form.partnerContacts() == null ? preset.partnerContacts() : form.partnerContacts());
    }

    /** The kinds of a form: a typing error must not leave a kind out. */
    private static Map<String, Boolean> known(Map<String, Boolean> kinds) {
        for (Map.Entry<String, Boolean> kind : kinds.entrySet()) {
            if (Arrays.stream(ObservableKind.values())
                    .noneMatch(known -> known.code().equals(kind.getKey()))) {
                throw ApiJson.bad("\"kinds\" has a name that is no kind of observables; known ones are "
                        + Arrays.stream(ObservableKind.values())
                                .map(ObservableKind::code)
                                .collect(Collectors.joining(", ")));
            }
            if (kind.getValue() == null) {
                throw ApiJson.bad("the value at /kinds/" + kind.getKey() + " is null where true or false is expected");
            }
        }
        return kinds;
    }

    private static Instant moment(String member, String text) {
        try {
            return Times.parse(text);
        } catch (DateTimeParseException wrong) {
            throw ApiJson.bad("\"" + member + "\" is a moment in UTC, such as 2027-06-30T00:00:00Z");
        }
    }

    private Runnable accept(RoutingContext request) throws StoreUnavailable, IOException {
        Caller caller = Callers.require(request, Right.OPERATE);
        AgreementAnswer answer = answer(request);
        String id = request.pathParam("id");
        return done(request, 200, () -> desk.accept(id, answer.sha256(), caller.name()));
    }

    private Runnable decline(RoutingContext request) throws StoreUnavailable, IOException {
        Caller caller = Callers.require(request, Right.OPERATE);
        AgreementAnswer answer = answer(request);
        String id = request.pathParam("id");
        return done(request, 200, () -> desk.decline(id, answer.sha256(), reason(answer.reason()), caller.name()));
    }

    private Runnable withdraw(RoutingContext request) throws StoreUnavailable, IOException {
        Caller caller = Callers.require(request, Right.OPERATE);
        AgreementAnswer answer = answer(request);
        String id = request.pathParam("id");
        return done(request, 200, () -> desk.withdraw(id, answer.sha256(), reason(answer.reason()), caller.name()));
    }

    private static AgreementAnswer answer(RoutingContext request) {
        AgreementAnswer answer = ApiJson.read(JsonBodies.bytes(request), AgreementAnswer.class);
        if (answer.sha256() == null || !answer.sha256().matches("[0-9a-f]{64}")) {
            throw ApiJson.bad("\"sha256\" is missing: that of the version which you looked at, 64 hexadecimal digits");
        }
        return answer;
    }

    private static String reason(String text) {
        if (text != null && (text.length() > 1000 || text.chars().anyMatch(Character::isISOControl))) {
            throw ApiJson.bad("\"reason\" is one line of at most 1000 characters");
        }
        return text == null ? "" : text.strip();
    }

    private Runnable terminate(RoutingContext request) throws StoreUnavailable, IOException {
        Caller caller = Callers.require(request, Right.OPERATE);
        AgreementTermination form = ApiJson.read(JsonBodies.bytes(request), AgreementTermination.class);
        Optional<Instant> effective = Optional.ofNullable(form.effective()).map(text -> moment("effective", text));
        String id = request.pathParam("id");
        return done(request, 200, () -> desk.terminate(id, effective, reason(form.reason()), caller.name()));
    }

    /** Something a person does. */
    @FunctionalInterface
    private interface Act {
        AgreementVersion take() throws StoreUnavailable, IOException, AgreementRefused;
    }

    private Runnable done(RoutingContext request, int status, Act act) throws StoreUnavailable, IOException {
        try {
            AgreementVersion version = act.take();
            changed.run();
            return reply(request, status, agreement(version.text().id()));
        } catch (AgreementRefused refused) {
            throw problem(refused);
        }
    }

    private Runnable exchange(RoutingContext request) throws StoreUnavailable, IOException {
        Caller caller = Callers.of(request);
        if (!(caller.source() instanceof Source.Partner partner)) {
            throw new Problem(403, "Not allowed", "partner centres alone exchange agreements here");
        }
        try {
            byte[] answer = exchange.received(partner.name(), JsonBodies.bytes(request));
            changed.run();
            return () ->
                    request.response().putHeader("Content-Type", ApiJson.JSON).end(Buffer.buffer(answer));
        } catch (AgreementRefused refused) {
            throw problem(refused);
        }
    }

    /** What is wrong at a place of a text or of a proposal, with the article that it belongs to. */
    private static Problem.Finding finding(String pointer, Sentence reason) {
        return Article.at(pointer)
                .map(Article::number)
                .map(number -> new Problem.Finding("article " + number, pointer, reason, "article_" + number))
                .orElseGet(() -> new Problem.Finding("the proposal", pointer, reason, "agreement"));
    }

    private static Problem problem(AgreementRefused refused) {
        String place = Article.at(refused.pointer())
                .map(article -> "article " + article.number() + ", at " + refused.pointer())
                .orElse("at " + refused.pointer());
        String detail = (refused.pointer().isEmpty() ? "" : place + ": ") + refused.getMessage();
        return switch (refused.kind()) {
            case ABSENT -> new Problem(404, "Not found", refused.getMessage());
            case INVALID ->
                ApiJson.bad(detail)
                        .with(refused.faults().stream()
                                .map(fault -> finding(
                                        fault.pointer(), Sentence.recognised(AgreementRule.values(), fault.rule())))
                                .toList());
            case CONFLICT -> new Problem(409, "Conflict", detail);
        };
    }

    private AgreementView view() {
        return new AgreementView(
                book.now(),
                book.self(),
                book.partners().stream().map(TrustedCentre::identity).collect(Collectors.toSet()));
    }

    private static Runnable reply(RoutingContext request, int status, JsonObject body) {
        Buffer buffer = Buffer.buffer(CanonicalJson.bytes(body));
        return () -> request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", ApiJson.JSON)
                .end(buffer);
    }
}
