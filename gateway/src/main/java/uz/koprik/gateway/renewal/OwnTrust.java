package uz.koprik.gateway.renewal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import uz.koprik.crypto.trust.CardContents;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.OtherKey;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListFile;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeLock;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Keeps the card and the trust list of this centre current in its home: renews both when a third of their term is left,
 * and issues a new card when settings or keys changed. Both are signed by the key of this centre, so nobody need be
 * asked. Commands and all gateways that share a home take turns. Gateways with homes of their own share the card by the
 * cluster, and each renews its own list.
 */
public final class OwnTrust {

    /** The card that all gateways of a cluster hand out. */
    static final String SHARED = "cards/own.json";

    /** Gateways that issue a card at the same moment. */
    private static final int ATTEMPTS = 5;

    private final Home home;
    private final Config config;
    private final Supplier<CentreKeys> keys;
    private final Optional<StateStore> shared;
    private final ClusterAddress address;

    /**
     * What is in the home now.
     *
     * @param done what was renewed or issued, a sentence each; empty when all was current
     * @param warnings what is wrong with the keys, a sentence each with what to do
     */
    public record Current(TrustList list, CentreCard card, List<String> done, List<String> warnings) {

        public Current {
            warnings = List.copyOf(warnings);
            done = List.copyOf(done);
        }
    }

    /** @param shared where gateways with homes of their own share the card; empty where there is one home */
    public OwnTrust(Home home, Config config, CentreKeys keys, Optional<StateStore> shared) {
        this(home, config, () -> keys, shared);
    }

    /** As above; {@code keys} are those in use at each moment, since a revocation replaces the signing key. */
    public OwnTrust(Home home, Config config, Supplier<CentreKeys> keys, Optional<StateStore> shared) {
        this.home = home;
        this.config = config;
        this.keys = keys;
        this.shared = shared;
        this.address = new ClusterAddress(config, shared.isPresent());
    }

    /** Whether other gateways with homes of their own can issue a card. */
    public boolean isShared() {
        return shared.isPresent();
    }

    /** Whether the list or the card in use need be renewed. Cheap. */
    public static boolean due(TrustList list, Instant now) {
        return list.term().renewalDue(now)
                || list.card(list.owner())
                        .map(card -> card.term().renewalDue(now))
                        .orElse(true);
    }

    /** What to say when a change of an expired list renews it; empty when it is valid. */
    public static Optional<String> renewedByChange(TrustList list, Instant now) {
        return list.term().ended(now)
                ? Optional.of("the trust list had expired at " + list.expires() + "; this change renewed it")
                : Optional.empty();
    }

    /**
     * Makes card and list agree with the settings, the keys and the clock.
     *
     * @param runningUrl where the centre answers now; empty while it does not run
     * @param now by a clock that is known to be right
     * @throws TrustListRejected when the list cannot be renewed: it is damaged, not signed by this centre, or an old
     *     one
     * @throws StoreUnavailable when the shared card cannot be read or written
     */
    public Current follow(Optional<String> runningUrl, Instant now)
            throws IOException, TrustListRejected, StoreUnavailable {
        return refresh(runningUrl, true, now);
    }

    /** As {@link #follow}, but leaves what the card says: settings take effect at a start. */
    public Current renew(Instant now) throws IOException, TrustListRejected, StoreUnavailable {
        return refresh(Optional.empty(), false, now);
    }

    /**
     * Revokes a key of this centre: the list says since when it is compromised, and a new card shows it to partners.
     *
     * @param signedBy thumbprint of the key that signs the list so far; the present key signs the new one
     * @param kid the key to revoke; not the present one
     * @param reason in words; may be empty
     * @throws CardRejected when the card would list a compromised key
     */
    public Current revoke(
            String signedBy, String kid, Instant since, String reason, Optional<String> runningUrl, Instant now)
            throws IOException, TrustListRejected, CardRejected {
        return reissue(signedBy, before -> before.withRevoked(kid, since, reason, now), runningUrl, now);
    }

    /**
     * Issues a new card, since the keys of this centre changed, and takes it onto the list.
     *
     * @param signedBy as of {@link #revoke}
     */
    public Current keysChanged(String signedBy, Optional<String> runningUrl, Instant now)
            throws IOException, TrustListRejected, CardRejected {
        return reissue(signedBy, before -> before, runningUrl, now);
    }

    /**
     * Finishes a change of the signing key that was interrupted: a list that a former key signed is signed by the
     * present one. Call it before the list is read.
     *
     * @return what was done, in a sentence; empty when nothing was
     */
    public Optional<String> finishRotation(Instant now) throws IOException, TrustListRejected {
        try (HomeLock lock = HomeLock.take(home)) {
            lock.held();
            return finish(now);
        }
    }

    private Optional<String> finish(Instant now) throws IOException, TrustListRejected {
        TrustListFile file = new TrustListFile(home.trust());
        String present = keys.get().publicKey().kid();
        try {
            file.loadForRenewal(present);
            return Optional.empty();
        } catch (TrustListRejected rejected) {
            if (rejected.reason() == TrustListRejected.Reason.BAD_SIGNATURE) {
                for (OtherKey other : keys.get().otherSigning()) {
                    if (other.kind() == OtherKey.Kind.FORMER && signedBy(file, other.kid())) {
                        keysChanged(other.kid(), now);
                        return Optional.of("a change of the signing key was interrupted and is finished now: " + present
                                + " signs from now on");
                    }
                }
            }
            throw rejected;
        }
    }

    private static boolean signedBy(TrustListFile file, String kid) throws IOException {
        try {
            file.loadForRenewal(kid);
            return true;
        } catch (TrustListRejected another) {
            return false;
        }
    }

    private void keysChanged(String signedBy, Instant now) throws IOException, TrustListRejected {
        try {
            keysChanged(signedBy, Optional.empty(), now);
        } catch (CardRejected impossible) {
            throw new IllegalStateException("a card of this centre must be good for its own list", impossible);
        }
    }

    private Current reissue(String signedBy, UnaryOperator<TrustList> change, Optional<String> runningUrl, Instant now)
            throws IOException, TrustListRejected, CardRejected {
        try (HomeLock lock = HomeLock.take(home)) {
            lock.held();
            return reissued(signedBy, change, runningUrl, now);
        }
    }

    private Current reissued(String signedBy, UnaryOperator<TrustList> change, Optional<String> runningUrl, Instant now)
            throws IOException, TrustListRejected, CardRejected {
        CentreCard[] card = new CentreCard[1];
        OwnCardMaker maker = new OwnCardMaker(config, keys.get());
        TrustList list = new TrustListFile(home.trust())
                .update(signedBy, keys.get().signingKey(), before -> {
                    TrustList changed = change.apply(before);
                    TrustedCentre own = changed.centre(changed.owner()).orElseThrow();
                    Optional<CentreCard> mine = ownCard();
                    CardContents contents = address.kept(
                            maker.contents(
                                    own.identity(),
                                    changed.ownCompromised(),
                                    runningUrl,
                                    mine.map(CentreCard::endpoint).orElse(own.endpoint()),
                                    now),
                            mine);
                    long last = Math.max(
                            changed.card(changed.owner()).orElseThrow().sequence(),
                            mine.map(CentreCard::sequence).orElse(0L));
                    card[0] = maker.sign(contents, last + 1, now);
                    return changed.withOwn(card[0], own.roles(), now);
                });
        // The list first: without the card, the next turn issues one that says what the list says.
        HomeManifest manifest = new HomeManifest(home);
        manifest.change("cards/own.json", () -> SecretFile.replace(home.ownCard(), card[0].bytes()));
        manifest.partnersChanged();
        return new Current(list, card[0], List.of(), List.of());
    }

    private Current refresh(Optional<String> runningUrl, boolean settings, Instant now)
            throws IOException, TrustListRejected, StoreUnavailable {
        List<String> done = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        finishRotation(now).ifPresent(done::add);
        for (int attempt = 1; ; attempt++) {
            Optional<StateStore.Paper> paper = shared.isPresent() ? shared.get().read(SHARED) : Optional.empty();
            Optional<CentreCard> common = paper.flatMap(found -> read(found.content()));
            Current current;
            try (HomeLock lock = HomeLock.take(home)) {
                lock.held();
                current = local(runningUrl, settings, common, now, done, warnings);
            }
            if (shared.isEmpty()
                    || (paper.isPresent()
                            && Arrays.equals(
                                    paper.get().content(), current.card().bytes()))
                    || shared.get()
                            .replace(
                                    SHARED,
                                    paper.map(StateStore.Paper::version).orElse(""),
                                    current.card().bytes())
                            .isPresent()) {
                return current;
            }
            if (attempt == ATTEMPTS) {
                throw new StoreUnavailable(
                        "other gateways of this centre issue cards at the same moment; the next turn settles it", null);
            }
        }
    }

    private Current local(
            Optional<String> runningUrl,
            boolean settings,
            Optional<CentreCard> common,
            Instant now,
            List<String> done,
            List<String> warnings)
            throws IOException, TrustListRejected {
        CentreCard[] card = new CentreCard[1];
        TrustList list;
        try {
            list = new TrustListFile(home.trust()).update(keys.get().signingKey(), before -> {
                TrustedCentre own = before.centre(before.owner()).orElseThrow();
                Optional<CentreCard> mine = ownCard();
                card[0] = card(before, own.identity(), mine, common, settings, runningUrl, now, done);
                if (settings) {
                    warnings.addAll(swapped(mine.isEmpty() ? common : mine));
                    address.differs(card[0]).ifPresent(warnings::add);
                }
                if (mine.isEmpty() || !Arrays.equals(mine.get().bytes(), card[0].bytes())) {
                    new HomeManifest(home)
                            .change("cards/own.json", () -> SecretFile.replace(home.ownCard(), card[0].bytes()));
                }
                boolean due = before.term().renewalDue(now);
                TrustList after = before.card(before.owner()).equals(Optional.of(card[0].facts()))
                        ? due ? before.renewed(now) : before
                        : before.withOwn(card[0], own.roles(), now);
                if (due) {
                    done.add("the trust list was renewed"
                            + (before.term().ended(now) ? ", which had expired at " + before.expires() : "")
                            + ": number " + after.sequence() + ", valid until " + after.expires());
                }
                return after;
            });
        } catch (CardRejected impossible) {
            throw new IllegalStateException("a card of this centre must be good for its own list", impossible);
        }
        if (!done.isEmpty()) {
            new HomeManifest(home).partnersChanged();
        }
        return new Current(list, card[0], done, warnings);
    }

    /** The card that is to be in the home from now on. */
    private CentreCard card(
            TrustList list,
            String identity,
            Optional<CentreCard> mine,
            Optional<CentreCard> common,
            boolean settings,
            Optional<String> runningUrl,
            Instant now,
            List<String> done) {
        long last = Math.max(
                list.card(list.owner()).orElseThrow().sequence(),
                Math.max(
                        mine.map(CentreCard::sequence).orElse(0L),
                        common.map(CentreCard::sequence).orElse(0L)));
        OwnCardMaker maker = new OwnCardMaker(config, keys.get());
        Optional<CentreCard> base = newer(mine, common, now);
        CardContents wanted = address.kept(
                maker.contents(
                        identity,
                        list.ownCompromised(),
                        runningUrl,
                        mine.map(CentreCard::endpoint).orElse(""),
                        now),
                base);
        boolean behind = base.isPresent() && maker.behind(base.get().contents());
        boolean follows = base.isPresent()
                && ((settings && !behind)
                        ? base.get().says(wanted)
                        : !maker.listsLapsed(base.get().contents(), now)
                                && (!base.get().term().renewalDue(now)
                                        || maker.holdsKeysOf(base.get().contents())));
        if (!follows) {
            CentreCard issued = maker.sign(wanted, last + 1, now);
            done.add("the card of this centre was issued anew, since "
                    + base.map(old -> changes(old.contents(), wanted) + " changed")
                            .orElse("there was no readable one")
                    + described(issued));
            return issued;
        }
        CentreCard current = base.get();
        if (current.term().renewalDue(now)) {
            CentreCard issued = maker.sign(current.contents(), Math.max(1, last), now);
            done.add("the card of this centre was renewed"
                    + (current.term().ended(now) ? ", which had expired at " + current.expires() : "")
                    + described(issued));
            return issued;
        }
        if (mine.isEmpty() || !Arrays.equals(mine.get().bytes(), current.bytes())) {
            done.add("the card that another gateway of this centre issued was taken over" + described(current));
        }
        return current;
    }

    /** What partners will refuse, since the keys here are not those that the last card announced. */
    private List<String> swapped(Optional<CentreCard> last) {
        List<String> found = new ArrayList<>();
        if (last.isEmpty()) {
            return found;
        }
        CentreCard card = last.get();
        if (new OwnCardMaker(config, keys.get()).behind(card.contents())) {
            found.add("the card " + described(card).substring(2) + " lists keys that " + home.keyFile()
                    + " does not hold, so it is kept: copy the newer key file from the gateway of this centre that made"
                    + " them, or from a backup");
        } else if (card.keys().stream()
                .noneMatch(key -> key.kid().equals(keys.get().publicKey().kid()))) {
            found.add("the signing key in " + home.keyFile() + " was not on the card before, so partners refuse what it"
                    + " signs until they have the new card: put the former key file back, or send all partners the card"
                    + " and read them its fingerprint; `koprik key announce` avoids this");
        }
        if (!card.tlsPins().contains(keys.get().tlsPin())) {
            found.add("the TLS key in " + home.keyFile() + " was not on the card before, so partners do not connect and"
                    + " cannot fetch the new card: put the former key file back, or send all partners the card; `koprik"
                    + " tls renew --new-key` avoids this");
        }
        return found;
    }

    private static String described(CentreCard card) {
        return ": sequence number " + card.sequence() + ", valid until " + card.expires() + ", fingerprint "
                + card.fingerprint();
    }

    /** The card that other gateways hand out wins, unless the own one is newer, or only that one is still good. */
    private static Optional<CentreCard> newer(Optional<CentreCard> mine, Optional<CentreCard> common, Instant now) {
        if (mine.isEmpty() || common.isEmpty()) {
            return mine.isEmpty() ? common : mine;
        }
        boolean ownIsNewer = mine.get().sequence() > common.get().sequence()
                || (mine.get().sequence() == common.get().sequence()
                        && common.get().term().renewalDue(now)
                        && !mine.get().term().renewalDue(now));
        return ownIsNewer ? mine : common;
    }

    private static String changes(CardContents before, CardContents after) {
        List<String> changes = new ArrayList<>();
        if (!before.title().equals(after.title())) {
            changes.add("the title");
        }
        if (!before.endpoint().equals(after.endpoint())) {
            changes.add("the address");
        }
        if (!before.hostNames().equals(after.hostNames())) {
            changes.add("host names");
        }
        if (!before.contacts().equals(after.contacts())) {
            changes.add("contacts");
        }
        if (!before.tlsPins().equals(after.tlsPins())) {
            changes.add("the TLS key");
        }
        if (!before.keys().equals(after.keys())) {
            changes.add("signing keys");
        }
        if (!before.compromised().equals(after.compromised())) {
            changes.add("compromised keys");
        }
        return changes.isEmpty() ? "its name or identity" : String.join(", ", changes);
    }

    private Optional<CentreCard> ownCard() throws IOException {
        try {
            return read(Files.readAllBytes(home.ownCard()));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /** Empty when it is no card; a new one replaces it then. */
    private static Optional<CentreCard> read(byte[] bytes) {
        try {
            return Optional.of(CentreCard.read(bytes));
        } catch (CardRejected unreadable) {
            return Optional.empty();
        }
    }
}
