package uz.koprik.gateway.agreements;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.crypto.trust.Verifier;
import uz.koprik.indicators.stix.AgreementNotice;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.SharingAgreement;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/** Takes signed pieces that a partner sends. Each piece is judged alone; one that is refused stops no other. */
public final class AgreementIntake {

    private static final Logger LOG = LoggerFactory.getLogger(AgreementIntake.class);

    /** Longest text or notice, in bytes. */
    static final int MOST_BYTES = 64 << 10;

    private static final int MOST_REFUSED = 20;

    private final AgreementBook book;

    public AgreementIntake(AgreementBook book) {
        this.book = book;
    }

    /**
     * A piece that was not taken.
     *
     * @param id of the object; empty when it has none
     * @param pointer JSON pointer into the object; empty for the whole
     * @param why of a {@link PieceFault}
     */
    public record Refused(String id, String pointer, Sentence why) {

        /** The sentence in English. */
        public String reason() {
            return why.text();
        }
    }

    /** A fault of a piece, and its place. */
    private static final class FaultyPiece extends Exception {

        private static final long serialVersionUID = 1L;

        private final String pointer;
        private final transient Sentence why;

        FaultyPiece(String pointer, PieceFault fault, Object... values) {
            this.pointer = pointer;
            this.why = fault.of(values);
        }
    }

    /**
     * Takes what is new of these pieces; durable when this returns.
     *
     * @param partner name of the sender, proven by its TLS key
     * @return those that were not taken, at most {@value #MOST_REFUSED}
     */
    public List<Refused> take(String partner, List<byte[]> pieces) throws StoreUnavailable, DamagedAgreements {
        Optional<TrustedCentre> known = book.partner(partner);
        if (known.isEmpty()) {
            return List.of(new Refused("", "", PieceFault.UNKNOWN_SENDER.of(partner)));
        }
        TrustedCentre sender = known.get();
        List<Refused> refused = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        try {
            book.change(sender.identity(), now -> {
                refused.clear();
                taken.clear();
                return news(sender, pieces, now, refused, taken);
            });
        } catch (AgreementRefused full) {
            refused.add(new Refused("", full.pointer(), PieceFault.FULL.of(full.getMessage())));
            taken.clear();
        }
        taken.forEach(LOG::info);
        refused.stream()
                .limit(MOST_REFUSED)
                .forEach(one -> LOG.warn(
                        "{}: {} of an agreement is refused{}: {}",
                        partner,
                        one.id.isEmpty() ? "a part" : one.id,
                        one.pointer.isEmpty() ? "" : " at " + one.pointer,
                        one.reason()));
        return refused.stream().limit(MOST_REFUSED).toList();
    }

    private List<StixObject> news(
            TrustedCentre sender,
            List<byte[]> pieces,
            PartnerAgreements now,
            List<Refused> refused,
            List<String> taken) {
        List<StixObject> texts = new ArrayList<>();
        List<StixObject> notices = new ArrayList<>();
        Set<String> digests = new HashSet<>();
        for (StixObject known : book.pieces(sender.identity())) {
            digests.add(known.digest());
        }
        for (byte[] bytes : pieces) {
            String id = "";
            try {
                if (bytes.length > MOST_BYTES) {
                    throw new FaultyPiece("", PieceFault.TOO_LARGE, MOST_BYTES);
                }
                StixObject object = StixReader.read(bytes);
                id = object.id();
                if (!digests.add(object.digest())) {
                    continue;
                }
                (object.type().equals(AgreementNotice.TYPE) ? notices : texts).add(object);
            } catch (InvalidObject invalid) {
                refused.add(refused(id, invalid));
            } catch (FaultyPiece wrong) {
                refused.add(new Refused(id, wrong.pointer, wrong.why));
            }
        }
        List<StixObject> added = new ArrayList<>();
        List<SharingAgreement> known = new ArrayList<>(
                now.versions().stream().map(AgreementVersion::text).toList());
        known.addAll(book.groupTexts());
        for (StixObject object : texts) {
            take(object, refused, () -> {
                SharingAgreement text = SharingAgreement.read(object);
                checkText(text, known, sender);
                verify(object, text.proposer());
                known.add(text);
                added.add(object);
                taken.add(text.party(text.proposer()).orElseThrow().name() + " proposes version " + text.modified()
                        + " of the agreement " + text.id() + "; `koprik agreement show " + text.id()
                        + "` shows it, and it waits for an answer");
            });
        }
        for (StixObject object : notices) {
            take(object, refused, () -> {
                AgreementNotice notice = AgreementNotice.read(object);
                SharingAgreement text = checkNotice(notice, now, added);
                verify(object, notice.party());
                added.add(object);
                taken.add(text.party(notice.party()).orElseThrow().name() + ": "
                        + notice.act().word() + " of the agreement " + notice.agreement() + " arrived");
            });
        }
        return added;
    }

    /** Judges one piece. */
    @FunctionalInterface
    private interface Judgement {
        void judge() throws InvalidObject, FaultyPiece;
    }

    private static void take(StixObject object, List<Refused> refused, Judgement judgement) {
        try {
            judgement.judge();
        } catch (InvalidObject invalid) {
            refused.add(refused(object.id(), invalid));
        } catch (FaultyPiece wrong) {
            refused.add(new Refused(object.id(), wrong.pointer, wrong.why));
        }
    }

    private static Refused refused(String id, InvalidObject invalid) {
        Fault first = invalid.faults().getFirst();
        return new Refused(id, first.pointer(), PieceFault.INVALID.of(invalid.getMessage()));
    }

    private void checkText(SharingAgreement text, List<SharingAgreement> known, TrustedCentre sender)
            throws FaultyPiece {
        if (text.party(book.self()).isEmpty() || text.party(sender.identity()).isEmpty()) {
            throw new FaultyPiece(
                    "/parties", text.group() ? PieceFault.OTHER_GROUP : PieceFault.OTHER_PAIR, sender.name());
        }
        if (text.modified().isAfter(book.now().plus(Verifier.CLOCK_SKEW))) {
            throw new FaultyPiece("/modified", PieceFault.FUTURE_VERSION);
        }
        for (SharingAgreement before : known) {
            if (before.id().equals(text.id()) && !before.created().equals(text.created())) {
                throw new FaultyPiece("/created", PieceFault.OTHER_CREATION);
            }
            if (before.id().equals(text.id()) && !before.identities().equals(text.identities())) {
                throw new FaultyPiece("/parties", PieceFault.OTHER_PARTIES);
            }
        }
    }

    private SharingAgreement checkNotice(AgreementNotice notice, PartnerAgreements now, List<StixObject> added)
            throws FaultyPiece {
        SharingAgreement text = now.version(notice.digest())
                .map(AgreementVersion::text)
                .or(() -> added.stream()
                        .filter(object -> object.digest().equals(notice.digest()))
                        .findFirst()
                        .map(AgreementIntake::text))
                .orElseThrow(() -> new FaultyPiece("/agreement_sha256", PieceFault.UNKNOWN_VERSION));
        if (!text.id().equals(notice.agreement())) {
            throw new FaultyPiece("/agreement_ref", PieceFault.OTHER_AGREEMENT);
        }
        if (text.party(notice.party()).isEmpty()) {
            throw new FaultyPiece("/created_by_ref", PieceFault.NO_PARTY);
        }
        boolean proposer = notice.party().equals(text.proposer());
        boolean allowed =
                switch (notice.act()) {
                    case ACCEPT, DECLINE -> !proposer;
                    case WITHDRAW -> proposer;
                    case TERMINATE -> true;
                };
        if (!allowed) {
            throw new FaultyPiece("/act", PieceFault.NOT_ALLOWED, notice.act().word());
        }
        if (notice.created().isAfter(book.now().plus(Verifier.CLOCK_SKEW))) {
            throw new FaultyPiece("/created", PieceFault.FUTURE_NOTICE);
        }
        if (notice.act() == AgreementNotice.Act.TERMINATE) {
            checkTime(notice, text.noticeDays());
            // One that ends the version in force under an earlier one keeps the time of that in force.
            OptionalInt least = now.binding(text.id(), notice.created()).stream()
                    .mapToInt(version -> version.text().noticeDays())
                    .min();
            if (least.isPresent()) {
                checkTime(notice, least.getAsInt());
            }
        }
        return text;
    }

    private static void checkTime(AgreementNotice notice, int days) throws FaultyPiece {
        if (notice.effective().orElseThrow().isBefore(notice.created().plus(Duration.ofDays(days)))) {
            throw new FaultyPiece("/effective", PieceFault.TOO_EARLY, days);
        }
    }

    private static SharingAgreement text(StixObject checked) {
        try {
            return SharingAgreement.read(checked);
        } catch (InvalidObject impossible) {
            throw new IllegalStateException("an agreement that was read before must be valid", impossible);
        }
    }

    private void verify(StixObject object, String party) throws FaultyPiece {
        try {
            new Verifier(book.trust()).verify(object.signedPayload(), object.signatures(), book.now(), party);
        } catch (SignatureRejected rejected) {
            throw new FaultyPiece("/extensions", PieceFault.SIGNATURE, rejected.getMessage());
        }
    }
}
