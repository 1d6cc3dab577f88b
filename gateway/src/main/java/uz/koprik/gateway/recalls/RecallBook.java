package uz.koprik.gateway.recalls;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.crypto.trust.Verifier;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.RecalledObjects;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * All recalls that this centre knows: in the state store, which gateways of a cluster share, and in memory for readers
 * that must not wait. Safe for use by many threads at once.
 */
public final class RecallBook implements RecalledObjects.Gate {

    private static final Logger LOG = LoggerFactory.getLogger(RecallBook.class);

    /** A book with more takes no further ones of partners: they must not fill the disk. */
    static final int MOST_RECALLS = 100_000;

    private static final int TRIES = 20;

    private final StateStore papers;
    private final RecallChanges changes;
    private final Supplier<TrustList> list;
    private final InstantSource clock;
    private final Map<String, RecallRecord> byId = new ConcurrentHashMap<>();
    private final Map<String, List<String>> byObject = new ConcurrentHashMap<>();
    private final Map<Sighting, Instant> sightings = new ConcurrentHashMap<>();
    private final AtomicLong generation = new AtomicLong();

    /** That a partner gave a recalled object to this centre. */
    record Sighting(String recall, String partner) {}

    /** @param list the trust list as it is now */
    public RecallBook(StateStore papers, Supplier<TrustList> list, InstantSource clock) {
        this.papers = papers;
        this.changes = new RecallChanges(papers);
        this.list = list;
        this.clock = clock;
    }

    /**
     * Reads what changed in the store. Cheap when nothing did. Blocks.
     *
     * @return whether anything changed
     */
    public synchronized boolean refresh() throws StoreUnavailable, DamagedRecalls {
        Optional<Set<String>> changed = changes.since();
        List<String> names = changed.isPresent()
                ? changed.get().stream().map(RecallPaper::name).toList()
                : papers.names(RecallPaper.FOLDER).stream()
                        .filter(name -> !name.equals(RecallChanges.NAME))
                        .toList();
        for (StateStore.Paper paper : papers.read(names)) {
            remember(RecallPaper.read(paper.name(), paper.content()));
        }
        return !names.isEmpty();
    }

    /** As {@link #refresh}, for periodic calls: what cannot be read is reported, and what is known stays in force. */
    public void tend() {
        try {
            refresh();
        } catch (StoreUnavailable away) {
            LOG.debug("recalls are not read now", away);
        } catch (DamagedRecalls damaged) {
            LOG.error("{}; what was read before stays in force", damaged.getMessage());
        }
    }

    private void remember(RecallRecord record) {
        byId.put(record.recall().id(), record);
        byObject.compute(record.recall().object(), (object, ids) -> {
            List<String> all = new ArrayList<>(ids == null ? List.of() : ids);
            if (!all.contains(record.recall().id())) {
                all.add(record.recall().id());
            }
            return List.copyOf(all);
        });
        generation.incrementAndGet();
    }

    /** Grows with every change. */
    public long generation() {
        return generation.get();
    }

    /** By the clock of the centre. */
    public Instant now() {
        return clock.instant();
    }

    /** This centre as the trust list has it. */
    public TrustedCentre own() {
        TrustList trust = list.get();
        return trust.centre(trust.owner()).orElseThrow();
    }

    TrustList trust() {
        return list.get();
    }

    /** The other centres on the trust list. */
    List<TrustedCentre> partners() {
        TrustList trust = list.get();
        return trust.centres().stream()
                .filter(centre -> !centre.name().equals(trust.owner()))
                .toList();
    }

    /** The partner centre of that name; empty when it is on no list, or this centre itself. */
    Optional<TrustedCentre> partner(String name) {
        return partners().stream().filter(centre -> centre.name().equals(name)).findFirst();
    }

    /** The centre whose keys may speak for an identity. */
    Optional<TrustedCentre> speaker(String identity) {
        return list.get().centres().stream()
                .filter(centre ->
                        centre.identity().equals(identity) || centre.producers().contains(identity))
                .findFirst();
    }

    /** Whether this centre made the recall. */
    public boolean ours(RecallRecord record) {
        return speaker(record.recall().producer())
                .filter(centre -> centre.name().equals(own().name()))
                .isPresent();
    }

    /** Name of the centre that recalled, for sentences: its identity when it is on no list. */
    public String producer(RecallRecord record) {
        return speaker(record.recall().producer())
                .map(TrustedCentre::name)
                .orElse(record.recall().producer());
    }

    /** Whether a key that is known by now signed a receipt; its centre may have been added to the trust list since. */
    boolean proves(RecallRecord.SignedReceipt receipt) {
        String centre = receipt.receipt().centre();
        if (receipt.proven() || speaker(centre).isEmpty()) {
            return receipt.proven();
        }
        try {
            StixObject object = receipt.object();
            new Verifier(trust()).verify(object.signedPayload(), object.signatures(), receipt.firstSeen(), centre);
            return true;
        } catch (SignatureRejected rejected) {
            return false;
        }
    }

    /** The recall of that id. */
    public Optional<RecallRecord> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All recalls, the newest first. */
    public List<RecallRecord> all() {
        return byId.values().stream()
                .sorted(Comparator.comparing(
                                (RecallRecord record) -> record.recall().created())
                        .thenComparing(record -> record.recall().id())
                        .reversed())
                .toList();
    }

    /** The recalls of an object, the newest first. */
    public List<RecallRecord> ofObject(String id) {
        return byObject.getOrDefault(id, List.of()).stream()
                .map(byId::get)
                .sorted(Comparator.comparing(
                                (RecallRecord record) -> record.recall().created())
                        .reversed())
                .toList();
    }

    /** The recalls by its producer that mean a version of an object, the newest first. */
    public List<Recall> covering(EntryMetadata version) {
        return ofObject(version.id()).stream()
                .map(RecallRecord::recall)
                .filter(recall -> version.version() <= recall.version())
                .filter(recall ->
                        version.producer().filter(recall.producer()::equals).isPresent())
                .toList();
    }

    /**
     * That an object was recalled, for those who read what refers to it.
     *
     * @param recall id of the recall
     * @param by name of the centre that recalled it
     * @param narrowedTo the marking that counts since then; empty when the object was withdrawn
     * @param reason in words
     */
    public record Fact(String recall, String by, Instant at, Optional<Tlp> narrowedTo, String reason) {}

    /** What a recall says to those who read what refers to its object. */
    Fact fact(RecallRecord record) {
        return new Fact(
                record.recall().id(),
                producer(record),
                record.recall().created(),
                record.recall().tlp(),
                record.recall().reason());
    }

    /** How many there are. */
    int size() {
        return byId.size();
    }

    @Override
    public Optional<RecalledObjects.Recalled> judge(String id, Optional<String> producer, long version, Source source) {
        List<String> recalls = byObject.get(id);
        if (recalls == null) {
            return Optional.empty();
        }
        Optional<RecalledObjects.Recalled> judged = Optional.empty();
        for (String one : recalls) {
            RecallRecord record = byId.get(one);
            Recall recall = record.recall();
            boolean covers = version <= recall.version()
                    && producer.filter(recall.producer()::equals).isPresent();
            if (!covers) {
                continue;
            }
            if (source instanceof Source.Partner partner && recall.act() == Recall.Act.WITHDRAW) {
                sightings.put(new Sighting(one, partner.name()), now());
            }
            if (recall.tlp().isEmpty()) {
                return Optional.of(new RecalledObjects.Recalled(producer(record), recall.created(), Optional.empty()));
            }
            Tlp narrowed = recall.tlp().get();
            Tlp narrowest = judged.flatMap(RecalledObjects.Recalled::narrowedTo)
                    .map(narrowed::or)
                    .orElse(narrowed);
            judged = Optional.of(
                    new RecalledObjects.Recalled(producer(record), recall.created(), Optional.of(narrowest)));
        }
        return judged;
    }

    /** What partners gave of recalled objects since the last call. */
    Map<Sighting, Instant> takeSightings() {
        Map<Sighting, Instant> all = Map.copyOf(sightings);
        all.forEach(sightings::remove);
        return all;
    }

    /**
     * Adds a recall; durable when this returns.
     *
     * @return the record that is in force, which another gateway may have added before
     */
    RecallRecord add(RecallRecord record) throws StoreUnavailable, DamagedRecalls {
        return change(record.recall().id(), before -> before.orElse(record)).orElseThrow();
    }

    /** Changes a recall that is there; durable when this returns. */
    RecallRecord change(RecallRecord record, UnaryOperator<RecallRecord> change)
            throws StoreUnavailable, DamagedRecalls {
        return change(record.recall().id(), before -> change.apply(before.orElse(record)))
                .orElseThrow();
    }

    private Optional<RecallRecord> change(String id, Function<Optional<RecallRecord>, RecallRecord> change)
            throws StoreUnavailable, DamagedRecalls {
        String name = RecallPaper.name(id);
        for (int i = 0; i < TRIES; i++) {
            Optional<StateStore.Paper> paper = papers.read(name);
            Optional<RecallRecord> before = paper.isPresent()
                    ? Optional.of(RecallPaper.read(name, paper.get().content()))
                    : Optional.empty();
            RecallRecord after = change.apply(before);
            if (before.filter(after::equals).isPresent()) {
                remember(after);
                return Optional.of(after);
            }
            String version = paper.map(StateStore.Paper::version).orElse("");
            if (papers.replace(name, version, RecallPaper.write(after)).isPresent()) {
                changes.add(id);
                remember(after);
                return Optional.of(after);
            }
        }
        throw new StoreUnavailable("other gateways change the recall all the time; try again", null);
    }
}
