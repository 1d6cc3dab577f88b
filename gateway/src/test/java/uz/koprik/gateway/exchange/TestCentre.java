package uz.koprik.gateway.exchange;

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
import java.util.function.UnaryOperator;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.UnknownMarking;
import uz.koprik.indicators.stix.KeyedIds;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.lucene.LuceneStore;
import uz.koprik.indicators.warninglist.WarningLists;

/** A centre with real keys, a real trust list and a real store in a folder of the test, without a server. */
final class TestCentre implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    final String name;
    final String identity = "identity--" + UUID.randomUUID();
    final CentreKeys keys;
    final LiveTrust trust;
    final PartnersFile.Live partners = new PartnersFile.Live(List.of());
    final InternalStore store;
    final Path home;
    final Correlator correlator;
    final Intake intake;
    final Release release;
    Instant now = NOW;
    WarningLists warnings = WarningLists.NONE;

    TestCentre(String name, Path home) {
        this(name, home, "");
    }

    TestCentre(String name, Path home, String endpoint) {
        this(name, home, endpoint, UnaryOperator.identity());
    }

    /** @param around what stands between the store and everything else */
    TestCentre(String name, Path home, String endpoint, UnaryOperator<InternalStore> around) {
        this.name = name;
        this.home = home;
        this.keys = CentreKeys.generate(name, SignatureAlgorithms.ALL.getFirst(), List.of("127.0.0.1"), NOW.minusSeconds(3600));
        InstantSource clock = () -> now;
        try {
            this.trust = new LiveTrust(TrustList.initial(card(endpoint), now));
            this.store = around.apply(LuceneStore.open(home.resolve("data")));
        } catch (CardRejected e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.correlator = new Correlator(store, () -> warnings, clock);
        this.intake = intake(correlator);
        this.release = new Release(store, correlator, clock);
    }

    /** Another way in, as after a start. */
    Intake intake(Correlator with) {
        return new Intake(
                store, new OwnCentre(name, identity, keys.signer(), new KeyedIds(new byte[32])), trust, partners, with, Tlp.CLEAR, UnknownMarking.STRICTEST,
                home.resolve("evidence"), () -> now);
    }

    CentreCard card(String endpoint) {
        return CentreCard.issue(name, "Centre " + name, identity, keys, endpoint, now);
    }

    /** Puts another centre on the trust list. */
    TestCentre trusts(TestCentre other, String... roles) {
        return trusts(other.card(""), roles);
    }

    TestCentre trusts(CentreCard card, String... roles) {
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

    List<Outcome> byAnalyst(String... objects) throws StoreUnavailable {
        return intake.take(offered(objects), new Source.Account("anna", true));
    }

    List<Outcome> byPartner(String partner, String... objects) throws StoreUnavailable {
        return intake.take(offered(objects), new Source.Partner(partner));
    }

    Outcome one(String object) throws StoreUnavailable {
        return byAnalyst(object).getFirst();
    }

    Outcome oneFrom(String partner, String object) throws StoreUnavailable {
        return byPartner(partner, object).getFirst();
    }

    /** What this centre would send to others: the stored objects of its sequence, in order. */
    String[] published() throws StoreUnavailable {
        List<String> all = new ArrayList<>();
        for (long seq = 1; seq <= store.status().lastSeq(); seq++) {
            store.at(seq).ifPresent(entry -> all.add(StandardCharsets.UTF_8.decode(entry.object()).toString()));
        }
        return all.toArray(String[]::new);
    }

    String stored(String id) throws StoreUnavailable {
        return StandardCharsets.UTF_8.decode(store.latest(id).orElseThrow().object()).toString();
    }

    static List<Offered> offered(String... objects) {
        List<Offered> batch = new ArrayList<>();
        for (String object : objects) {
            batch.add(new Offered(object.getBytes(StandardCharsets.UTF_8), "/objects/" + batch.size()));
        }
        return batch;
    }

    @Override
    public void close() {
        intake.close();
        store.close();
    }
}
