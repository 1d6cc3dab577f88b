package uz.koprik.gateway.api;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.Cursors;
import uz.koprik.gateway.api.common.DisplayTitle;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.api.objects.ObjectView;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.feeds.PartnerFeeds;
import uz.koprik.gateway.feeds.PartnerReport;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.partners.KeyNames;
import uz.koprik.gateway.partners.LiveTrust;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/** For operators: what a compromised key costs, and how to publish it again. */
public final class KeyRoutes implements Routes {

    private static final int PRESET = 100;
    private static final int MOST = 1000;
    private static final int MAX_VALUES_SHOWN = 20;

    private final PartnerFeeds feeds;
    private final LiveTrust trust;
    private final AnalystServices services;

    public KeyRoutes(PartnerFeeds feeds, LiveTrust trust, AnalystServices services) {
        this.feeds = feeds;
        this.trust = trust;
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/keys/impact", "key", "limit", "cursor").handler(Blocking.handler(this::impact));
        router.post("/api/keys/republication").handler(Blocking.submission(this::republish));
    }

    /** A key; the schema {@code KeySummary}. */
    record KeyView(String name, String kid, String centre, String compromisedSince, String reason) {

        static KeyView of(KeyNames.NamedKey named) {
            String reason = named.key().compromiseReason();
            return new KeyView(
                    named.name(),
                    named.key().kid(),
                    named.centre().name(),
                    named.key().compromisedSince().map(Instant::toString).orElse(null),
                    reason.isEmpty() ? null : reason);
        }
    }

    /**
     * An object that is not proven any more; the schema {@code ImpactedObject}.
     *
     * @param superseded true when a later one is here, such as one that was published again; absent otherwise
     * @param pushedTo partners to whom it was pushed, unless they refused it
     * @param openTo further partners that could fetch it before the revocation; nobody records whether they did
     */
    record Impacted(
            Long seq,
            String id,
            String type,
            String version,
            String title,
            String firstSeen,
            String receivedFrom,
            Boolean superseded,
            List<ObjectView.ValueView> values,
            List<String> pushedTo,
            List<String> openTo) {}

    /** A page; the schema {@code KeyImpact}. */
    record Impact(KeyView key, List<Impacted> objects, String next) {}

    private Runnable impact(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.OPERATE);
        KeyNames.NamedKey key = key(request);
        int limit = Cursors.limit(request, PRESET, MOST);
        long after = Cursors.cursor(request, services, caller).orElse(0L);
        Page page = services.release().unproven(caller.recipient(), key.key().kid(), after, limit);
        List<PartnerReport> partners = page.entries().isEmpty()
                ? List.of()
                : feeds.reports(page.entries().getLast().seq());
        Instant now = services.clock().instant();
        return ApiJson.reply(
                request,
                200,
                new Impact(
                        KeyView.of(key),
                        page.entries().stream()
                                .map(entry -> impacted(entry, partners, now))
                                .toList(),
                        page.more() ? Cursors.next(services, caller, page.nextAfter()) : null));
    }

    /** What to publish again; the schema {@code Republication}. */
    record RepublicationForm(String key, Boolean preview) {}

    private Runnable republish(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.OPERATE);
        RepublicationForm form = ApiJson.read(JsonBodies.bytes(request), RepublicationForm.class);
        if (form.key() == null || form.key().isBlank()) {
            throw ApiJson.bad("\"key\" is missing: centre/number, or the beginning of a thumbprint");
        }
        KeyNames.NamedKey named = key(form.key());
        if (!named.centre().name().equals(trust.list().owner()) || named.removed()) {
            throw new Problem(
                    409,
                    "Not possible",
                    named.name() + " is a key of " + named.centre().name()
                            + ", which alone publishes its objects again: ask it to");
        }
        if (named.key().compromisedSince().isEmpty()) {
            throw new Problem(
                    409, "Not possible", named.name() + " is not revoked, so what it signed needs no other signature");
        }
        if (services.localCentre().signer().kid().equals(named.key().kid())) {
            throw new Problem(
                    409,
                    "Not possible",
                    "this centre still signs with " + named.name()
                            + ": try again in some seconds, or start the centre again with its new key file");
        }
        return ApiJson.reply(
                request,
                200,
                new Republication(services, caller).run(named.key().kid(), Boolean.TRUE.equals(form.preview())));
    }

    private KeyNames.NamedKey key(RoutingContext request) {
        String text = request.request().getParam("key");
        if (text == null || text.isBlank()) {
            throw ApiJson.bad("the query parameter \"key\" is needed: centre/number, or the beginning of a thumbprint");
        }
        return key(text);
    }

    private KeyNames.NamedKey key(String text) {
        try {
            return KeyNames.find(trust.list(), text.strip());
        } catch (KeyNames.UnclearKey unclear) {
            throw new Problem(404, "Not found", unclear.getMessage());
        }
    }

    private Impacted impacted(Entry entry, List<PartnerReport> partners, Instant now) {
        List<String> pushed = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (PartnerReport partner : partners) {
            String name = partner.settings().name();
            boolean given = ReleaseDecision.decide(
                            entry.release(),
                            trust.recipient(name, partner.settings().agreement()),
                            now)
                    .released();
            if (given && !has(partner, entry)) {
                boolean reached = partner.settings().push() && partner.memory().pushedSeq() >= entry.seq();
                (reached ? pushed : open).add(name);
            }
        }
        return new Impacted(
                entry.seq(),
                entry.facts().id(),
                entry.facts().type(),
                Times.text(entry.facts().version()),
                DisplayTitle.of(entry, StoredObject.json(entry)),
                Times.text(entry.firstAdded()),
                entry.facts().receivedFrom().isEmpty() ? null : entry.facts().receivedFrom(),
                entry.superseded() ? Boolean.TRUE : null,
                ObjectView.ValueView.ofKeys(entry.facts().observables().stream()
                        .limit(MAX_VALUES_SHOWN)
                        .toList()),
                pushed,
                open);
    }

    /** Whether the object came from the partner, or is one of its own. */
    private static boolean has(PartnerReport partner, Entry entry) {
        return entry.facts().receivedFrom().equals(partner.settings().name())
                || entry.facts()
                        .producer()
                        .filter(producer -> partner.centre()
                                .map(TrustedCentre::producers)
                                .filter(own -> own.contains(producer))
                                .isPresent())
                        .isPresent();
    }
}
