package uz.koprik.gateway.operations;

import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.trust.CardFacts;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.api.acts.SecondPerson;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.SentenceView;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.partners.CardOffers;
import uz.koprik.gateway.partners.LiveKeys;
import uz.koprik.gateway.partners.LiveTrust;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.renewal.PartnerAdmission;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.wording.Sentence;

/**
 * {@code /api/card}, {@code /api/card-previews} and what adds partners: for operators, with the checks of {@code koprik
 * partner add} and {@code koprik partner accept-card}.
 */
public final class AdmissionRoutes implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(AdmissionRoutes.class);

    private static final int MOST_TEXT = 500;

    private final Home home;
    private final LiveKeys keys;
    private final LiveTrust trust;
    private final InstantSource clock;
    private final SecondPerson secondPerson;
    private final Runnable changed;
    private final PartnerAdmission admission;

    /**
     * @param secondPerson lets a new partner wait for another administrator, when the settings say so
     * @param changed called after a change, so that it is in force when the answer leaves
     */
    public AdmissionRoutes(
            Home home,
            LiveKeys keys,
            LiveTrust trust,
            InstantSource clock,
            SecondPerson secondPerson,
            Runnable changed) {
        this.secondPerson = secondPerson;
        this.home = home;
        this.keys = keys;
        this.trust = trust;
        this.clock = clock;
        this.changed = changed;
        this.admission = new PartnerAdmission(home, () -> keys.now().signingKey(), setting -> "\"" + setting + "\"");
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/card").handler(Blocking.handler(this::own));
        router.post("/api/card-previews").handler(Blocking.handler(this::preview));
        router.post("/api/partners").handler(Blocking.handler(secondPerson.of(this::add)));
        router.post("/api/partners/:name/card").handler(Blocking.handler(this::accept));
    }

    /** The schema {@code CardText}; one of the two is there. */
    record CardText(String card, String address) {}

    /** The schema {@code NewPartner}; what is absent stays as it was. */
    record NewPartner(
            String card,
            String fingerprint,
            List<String> roles,
            Boolean pull,
            Boolean push,
            Boolean acceptUnsigned,
            String maxTlp,
            String purpose,
            String until,
            String agreement) {}

    /** The schema {@code SeenCard}. */
    record SeenCard(String fingerprint) {}

    private Runnable own(RoutingContext request) throws IOException {
        Callers.require(request, Right.OPERATE);
        try {
            return ApiJson.reply(request, 200, CardForms.Card.of(admission.own()));
        } catch (PartnerAdmission.Refused damaged) {
            throw problem(damaged);
        }
    }

    private Runnable preview(RoutingContext request) throws IOException, InterruptedException {
        Callers.require(request, Right.OPERATE);
        CardText form = ApiJson.read(JsonBodies.bytes(request), CardText.class);
        if (form.card() != null && form.address() != null) {
            throw ApiJson.bad("\"card\" and \"address\" exclude each other");
        }
        String fetched = form.address() == null ? null : CardFetch.of(form.address());
        CentreCard card = card(fetched == null ? form.card() : fetched);
        TrustList list = trust.list();
        Instant now = clock.instant();
        try {
            PartnerSettings settings = admission.settings(card.name());
            Optional<Sentence> refusal = refusal(card, list, now);
            List<Sentence> notes = CardForms.notes(card, settings, now);
            return ApiJson.reply(
                    request,
                    200,
                    new CardForms.Preview(
                            CardForms.Card.of(card),
                            list.centre(card.name()).isEmpty()
                                    ? null
                                    : list.card(card.name())
                                            .map(CardFacts::sequence)
                                            .orElse(null),
                            PartnerAdmission.vouched(card, list),
                            CardForms.Terms.of(settings),
                            refusal.map(Sentence::text).orElse(null),
                            refusal.map(SentenceView::of).orElse(null),
                            notes.stream().map(Sentence::text).toList(),
                            notes.stream().map(SentenceView::of).toList(),
                            fetched));
        } catch (PartnerAdmission.Refused unusable) {
            throw problem(unusable);
        }
    }

    /** Why a card cannot be added even with its fingerprint. */
    private Optional<Sentence> refusal(CentreCard card, TrustList list, Instant now) throws IOException {
        try {
            admission.check(card);
            list.with(card, PartnerAdmission.ROLES, now);
            return Optional.empty();
        } catch (PartnerAdmission.Refused refused) {
            CardSentence kind =
                    refused.fault() == PartnerAdmission.Fault.HOME ? CardSentence.OWN_HOME : CardSentence.NO_PARTNER;
            return Optional.of(kind.of(refused.getMessage()));
        } catch (CardRejected rejected) {
            return Optional.of(CardSentence.REJECTED.of(rejected.getMessage()));
        }
    }

    private Runnable add(RoutingContext request) throws IOException {
        Caller caller = Callers.require(request, Right.OPERATE);
        NewPartner form = ApiJson.read(JsonBodies.bytes(request), NewPartner.class);
        CentreCard card = card(form.card());
        Instant now = clock.instant();
        Optional<String> heard = Optional.ofNullable(form.fingerprint()).filter(text -> !text.isBlank());
        try {
            PartnerAdmission.Admitted admitted = admission.admit(card, heard, terms(form), trust.list(), now);
            LOG.info(
                    "account {} added the partner {}: card number {} with the fingerprint {}",
                    caller.name(),
                    card.name(),
                    card.sequence(),
                    card.fingerprint());
            changed.run();
            List<String> notes = new ArrayList<>();
            CardForms.notes(card, admitted.settings(), now).forEach(note -> notes.add(note.text()));
            notes.addAll(admitted.notes());
            return ApiJson.reply(
                    request,
                    201,
                    new CardForms.Added(
                            card.name(),
                            card.title(),
                            card.sequence(),
                            card.fingerprint().text(),
                            admitted.vouched(),
                            CardForms.Terms.of(admitted.settings()),
                            notes));
        } catch (PartnerAdmission.Refused refused) {
            throw problem(refused);
        } catch (CardRejected rejected) {
            throw new Problem(409, "Card refused", rejected.getMessage());
        }
    }

    private Runnable accept(RoutingContext request) throws IOException {
        Caller caller = Callers.require(request, Right.OPERATE);
        String name = request.pathParam("name");
        SeenCard seen = ApiJson.read(JsonBodies.bytes(request), SeenCard.class);
        if (seen.fingerprint() == null || seen.fingerprint().isBlank()) {
            throw ApiJson.bad("\"fingerprint\" is missing: that of the card which you looked at");
        }
        try {
            // Only names of the trust list become names of files.
            Optional<CentreCard> taken = trust.list().centre(name).isEmpty()
                    ? Optional.empty()
                    : CardOffers.accept(
                            home,
                            name,
                            Optional.of(seen.fingerprint()),
                            keys.now().signingKey(),
                            trust.list(),
                            clock.instant());
            CentreCard card = taken.orElseThrow(() -> new Problem(
                    404, "Not found", "no card of that partner waits; GET /api/partners shows those that do"));
            LOG.info(
                    "account {} accepted the new card of {}: number {} with the fingerprint {}",
                    caller.name(),
                    card.name(),
                    card.sequence(),
                    card.fingerprint());
            changed.run();
            return ApiJson.reply(
                    request,
                    200,
                    new CardForms.Taken(
                            card.name(),
                            card.sequence(),
                            card.issued().toString(),
                            card.fingerprint().text()));
        } catch (CardRejected rejected) {
            throw new Problem(409, "Card refused", rejected.getMessage());
        } catch (TrustListRejected unusable) {
            throw new Problem(409, "Home unusable", unusable.getMessage());
        }
    }

    private static CentreCard card(String text) {
        if (text == null || text.isBlank()) {
            throw ApiJson.bad("\"card\" is missing: the text of the file that `koprik partner card` wrote");
        }
        try {
            return CentreCard.read(text.strip().getBytes(StandardCharsets.UTF_8));
        } catch (CardRejected rejected) {
            throw new Problem(
                    400,
                    "Not a card",
                    rejected.getMessage() + "; ask the partner for the file that `koprik partner card` wrote");
        }
    }

    private static PartnerAdmission.Terms terms(NewPartner form) {
        return new PartnerAdmission.Terms(
                form.roles() == null ? PartnerAdmission.ROLES : Set.copyOf(form.roles()),
                Optional.ofNullable(form.pull()),
                Optional.ofNullable(form.push()),
                Optional.ofNullable(form.acceptUnsigned()),
                Optional.ofNullable(form.maxTlp()).map(text -> Tlp.parse(text)
                        .orElseThrow(() -> ApiJson.bad("\"max_tlp\" is one of clear, green, amber, amber+strict"))),
                text("purpose", form.purpose()),
                Optional.ofNullable(form.until())
                        .filter(text -> !text.isBlank())
                        .map(AdmissionRoutes::moment),
                text("agreement", form.agreement()));
    }

    private static Optional<String> text(String member, String text) {
        if (text != null && (text.length() > MOST_TEXT || text.chars().anyMatch(Character::isISOControl))) {
            throw ApiJson.bad("\"" + member + "\" is one line of at most " + MOST_TEXT + " characters");
        }
        return Optional.ofNullable(text);
    }

    private static Instant moment(String text) {
        try {
            return Times.parse(text);
        } catch (DateTimeParseException wrong) {
            throw ApiJson.bad("\"until\" is a moment in UTC, such as 2027-06-30T00:00:00Z");
        }
    }

    private static Problem problem(PartnerAdmission.Refused refused) {
        return switch (refused.fault()) {
            case SETTING -> ApiJson.bad(refused.getMessage());
            case FINGERPRINT -> new Problem(409, "Fingerprint differs", refused.getMessage());
            case CARD -> new Problem(409, "Card refused", refused.getMessage());
            case HOME -> new Problem(409, "Home unusable", refused.getMessage());
        };
    }
}
