package uz.koprik.gateway.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.partners.LiveTrust;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.PartnersFile;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.UnknownMarking;
import uz.koprik.indicators.stix.IndicatorWriter;
import uz.koprik.indicators.stix.KeyedIds;
import uz.koprik.indicators.stix.NewIndicator;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.lucene.LuceneStore;
import uz.koprik.indicators.warninglist.WarningLists;

/**
 * A centre without a server for measurements: a real store, two intakes over it, one that correlates and one that does
 * not, and another centre whose signed objects they verify.
 */
public final class MeasuredIntake implements AutoCloseable {

    private static final int BATCH = 1000;

    private final LuceneStore store;
    private final Correlator correlator;
    private final Intake with;
    private final Intake without;
    private final CentreKeys keys;
    private final String identity = "identity--" + UUID.randomUUID();
    private final CentreKeys partnerKeys;
    private final String partner = "identity--" + UUID.randomUUID();

    /** Opens one in an empty folder. */
    public MeasuredIntake(Path folder, WarningLists warnings) throws IOException, CardRejected {
        Instant now = Instant.now();
        this.keys = keys("tashkent", now);
        this.partnerKeys = keys("budapest", now);
        LiveTrust trust =
                new LiveTrust(TrustList.initial(CentreCard.issue("tashkent", "Tashkent", identity, keys, "", now), now)
                        .with(
                                CentreCard.issue("budapest", "Budapest", partner, partnerKeys, "", now),
                                Set.of("producer"),
                                now));
        this.store = LuceneStore.open(folder);
        this.correlator = new Correlator(store, () -> warnings, InstantSource.system());
        correlator.patterns().filled();
        LocalCentre localCentre = new LocalCentre("tashkent", identity, keys.signer(), new KeyedIds(new byte[32]));
        PartnersFile.Live partners = new PartnersFile.Live(List.of());
        this.with = new Intake(
                store,
                localCentre,
                trust,
                partners,
                correlator,
                Tlp.GREEN,
                UnknownMarking.STRICTEST,
                folder.resolve("evidence"),
                InstantSource.system());
        this.without = new Intake(
                        store,
                        localCentre,
                        trust,
                        partners,
                        correlator,
                        Tlp.GREEN,
                        UnknownMarking.STRICTEST,
                        folder.resolve("evidence"),
                        InstantSource.system())
                .withoutCorrelation();
    }

    private static CentreKeys keys(String name, Instant now) {
        return CentreKeys.generate(
                name, SignatureAlgorithms.ALL.getFirst(), List.of("127.0.0.1"), now.minusSeconds(3600));
    }

    /** The store under both. */
    public LuceneStore store() {
        return store;
    }

    /** What looks for values. */
    public Correlator correlator() {
        return correlator;
    }

    /** An indicator as the other centre signs it. */
    public byte[] signed(NewIndicator indicator) {
        return new IndicatorWriter(partner, partnerKeys.signer(), new KeyedIds(new byte[32]))
                .write(indicator, Instant.now())
                .bytes();
    }

    /** A case file of this centre. */
    public byte[] caseFile(CaseFile file) {
        return CaseFiles.write(file, identity, Optional.empty(), keys.signer(), Instant.now())
                .bytes();
    }

    /**
     * Takes in objects of the other centre, in batches, by two callers at once as when two partners post.
     *
     * @return how many seconds it took
     */
    public double feed(List<byte[]> objects, boolean correlated) throws Exception {
        Intake intake = correlated ? with : without;
        List<Callable<Double>> callers = new ArrayList<>();
        for (List<byte[]> half :
                List.of(objects.subList(0, objects.size() / 2), objects.subList(objects.size() / 2, objects.size()))) {
            callers.add(() -> take(half, intake, new Source.Partner("budapest")));
        }
        long begun = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers.size())) {
            for (Future<Double> done : threads.invokeAll(callers)) {
                done.get();
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Takes in what an analyst of this centre submits; returns how many seconds it took. */
    public double bring(List<byte[]> objects) throws StoreUnavailable {
        return take(objects, with, new Source.Account("anna", true));
    }

    private static double take(List<byte[]> objects, Intake intake, Source source) throws StoreUnavailable {
        long begun = System.nanoTime();
        for (int from = 0; from < objects.size(); from += BATCH) {
            List<IncomingObject> batch = new ArrayList<>();
            objects.subList(from, Math.min(objects.size(), from + BATCH))
                    .forEach(object -> batch.add(new IncomingObject(object, "object " + batch.size())));
            for (Outcome outcome : intake.take(batch, source)) {
                if (outcome.status() != Outcome.Status.ACCEPTED) {
                    throw new IllegalStateException(
                            outcome.refusal().map(Refusal::reason).orElse("there already")
                                    + new String(batch.getFirst().object(), StandardCharsets.UTF_8));
                }
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    @Override
    public void close() {
        with.close();
        without.close();
        store.close();
    }
}
