package uz.koprik.gateway.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import uz.koprik.crypto.KnownCentre;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.partners.LiveTrust;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.partners.PartnersFile;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.UnknownMarking;
import uz.koprik.indicators.stix.KeyedIds;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.journal.LossPolicy;
import uz.koprik.indicators.store.lucene.LuceneStore;
import uz.koprik.indicators.warninglist.WarningLists;

/** A centre with real keys, a real trust list and a real store in a folder of the test, without a server. */
public final class TestCentre implements AutoCloseable {

    public static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    public final String name;
    public final String identity;
    public final CentreKeys keys;
    public final LiveTrust trust;
    public final PartnersFile.Live partners = new PartnersFile.Live(List.of());
    public final InternalStore store;
    public final Path home;
    public final Correlator correlator;
    public final Intake intake;
    public final Release release;
    public Instant now = NOW;
    public WarningLists warnings = WarningLists.NONE;

    public TestCentre(String name, Path home) {
        this(name, home, "");
    }

    public TestCentre(String name, Path home, String endpoint) {
        this(name, home, endpoint, UnaryOperator.identity());
    }

    /** @param around what stands between the store and everything else */
    public TestCentre(String name, Path home, String endpoint, UnaryOperator<InternalStore> around) {
        this(
                name,
                home,
                around,
                CentreKeys.generate(
                        name, SignatureAlgorithms.ALL.getFirst(), List.of("127.0.0.1"), NOW.minusSeconds(3600)),
                "identity--" + UUID.randomUUID(),
                centre -> centre.card(endpoint));
    }

    /** One that is known already. */
    public TestCentre(String name, Path home, KnownCentre known) {
        this(name, home, UnaryOperator.identity(), known.keys(), known.card().identity(), centre -> known.card());
    }

    private TestCentre(
            String name,
            Path home,
            UnaryOperator<InternalStore> around,
            CentreKeys keys,
            String identity,
            Function<TestCentre, CentreCard> card) {
        this.name = name;
        this.home = home;
        this.keys = keys;
        this.identity = identity;
        InstantSource clock = () -> now;
        try {
            this.trust = new LiveTrust(TrustList.initial(card.apply(this), now));
            this.store = around.apply(LuceneStore.open(home.resolve("data"), List.of(), LossPolicy.REFUSE, clock));
        } catch (CardRejected e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.correlator = new Correlator(store, () -> warnings, clock);
        this.intake = intake(correlator);
        this.release = new Release(store, correlator, clock);
    }

    /** As its parts know it. */
    public LocalCentre localCentre() {
        return new LocalCentre(name, identity, keys.signer(), new KeyedIds(new byte[32]));
    }

    /** Its case files. */
    public CaseService cases() {
        return new CaseService(localCentre(), intake, release, () -> now);
    }

    /** Another way in, as after a start. */
    public Intake intake(Correlator with) {
        return new Intake(
                store,
                localCentre(),
                trust,
                partners,
                with,
                Tlp.CLEAR,
                UnknownMarking.STRICTEST,
                home.resolve("evidence"),
                () -> now);
    }

    /** One that looks for no values, for tests of what matches do not change. */
    public static Intake withoutMatches(Intake intake) {
        return intake.withoutCorrelation();
    }

    public CentreCard card(String endpoint) {
        return CentreCard.issue(name, "Centre " + name, identity, keys, endpoint, now);
    }

    /** Puts another centre on the trust list. */
    public TestCentre trusts(TestCentre other, String... roles) {
        return trusts(other.card(""), roles);
    }

    public TestCentre trusts(CentreCard card, String... roles) {
        try {
            trust.replace(trust.list().with(card, Set.of(roles), now));
        } catch (CardRejected e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** Settings for one partner, in place of all others. */
    void settings(String partner, boolean acceptUnsigned) {
        partners.replace(List.of(new PartnerSettings(
                partner, false, Duration.ofMillis(200), false, acceptUnsigned, Agreement.DEFAULT, Optional.empty())));
    }

    public List<Outcome> byAnalyst(String... objects) throws StoreUnavailable {
        return intake.take(offered(objects), new Source.Account("anna", true));
    }

    public List<Outcome> byPartner(String partner, String... objects) throws StoreUnavailable {
        return intake.take(offered(objects), new Source.Partner(partner));
    }

    public Outcome one(String object) throws StoreUnavailable {
        return byAnalyst(object).getFirst();
    }

    Outcome oneFrom(String partner, String object) throws StoreUnavailable {
        return byPartner(partner, object).getFirst();
    }

    /** What this centre would send to others: the stored objects of its sequence, in order. */
    public String[] published() throws StoreUnavailable {
        List<String> all = new ArrayList<>();
        for (long seq = 1; seq <= store.status().lastSeq(); seq++) {
            store.at(seq)
                    .ifPresent(entry -> all.add(
                            StandardCharsets.UTF_8.decode(entry.object()).toString()));
        }
        return all.toArray(String[]::new);
    }

    public String stored(String id) throws StoreUnavailable {
        return StandardCharsets.UTF_8
                .decode(store.latest(id).orElseThrow().object())
                .toString();
    }

    public static List<IncomingObject> offered(String... objects) {
        List<IncomingObject> batch = new ArrayList<>();
        for (String object : objects) {
            batch.add(new IncomingObject(object.getBytes(StandardCharsets.UTF_8), "/objects/" + batch.size()));
        }
        return batch;
    }

    @Override
    public void close() {
        intake.close();
        store.close();
    }
}
