package uz.koprik.gateway.agreements;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.clock.Admission;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.indicators.stix.AgreementNotice;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.SharingAgreement;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixWriter;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.store.StoreUnavailable;

/** What people of this centre do with agreements. Each act is signed and durable when its method returns. */
public final class AgreementDesk {

    private static final Logger LOG = LoggerFactory.getLogger(AgreementDesk.class);

    private final AgreementBook book;
    private final LocalCentre centre;
    private final Admission admission;

    /** @param admission decides whether this centre may sign now */
    public AgreementDesk(AgreementBook book, LocalCentre centre, Admission admission) {
        this.book = book;
        this.centre = centre;
        this.admission = admission;
    }

    /** Proposes a version to one other party; see {@link #propose(String, List, Optional, AgreementDraft, String)}. */
    public AgreementVersion propose(String partner, Optional<String> change, AgreementDraft draft, String account)
            throws StoreUnavailable, DamagedAgreements, AgreementRefused {
        return propose(partner, List.of(), change, draft, account);
    }

    /**
     * Proposes a version.
     *
     * @param partner name of another party
     * @param with the parties besides this centre and the partner; empty for an agreement of two
     * @param change id of the agreement whose next version this is; empty for a new agreement
     * @param draft the terms; id, times, parties' identities and the proposer are set here
     * @param account who does it, for the log
     */
    public AgreementVersion propose(
            String partner, List<FurtherParty> with, Optional<String> change, AgreementDraft draft, String account)
            throws StoreUnavailable, DamagedAgreements, AgreementRefused {
        admission.require();
        TrustedCentre other = partner(partner);
        List<SharingAgreement.Party> further = new ArrayList<>();
        for (FurtherParty one : with) {
            TrustedCentre centre = partner(one.partner());
            further.add(new SharingAgreement.Party(centre.identity(), centre.name(), centre.title(), one.contacts()));
        }
        StixObject[] signed = new StixObject[1];
        book.change(other.identity(), now -> {
            SharingAgreement text = text(other, further, change, draft, now);
            try {
                SharingAgreement.read(text.json());
                if (!book.now().isBefore(text.validUntil())) {
                    throw new InvalidObject(
                            new Fault(text.id(), "/valid_until", "a moment that is not over is required", ""));
                }
            } catch (InvalidObject invalid) {
                throw new AgreementRefused(invalid);
            }
            signed[0] = StixWriter.signed(text.json(), centre.signer(), book.now());
            return List.of(signed[0]);
        });
        AgreementVersion version =
                book.with(other.identity()).version(signed[0].digest()).orElseThrow();
        LOG.info(
                "account {} proposes version {} of the agreement {} to {}",
                account,
                version.text().modified(),
                version.text().id(),
                others(version.text()));
        return version;
    }

    private String others(SharingAgreement text) {
        return text.parties().stream()
                .filter(party -> !party.identity().equals(book.self()))
                .map(SharingAgreement.Party::name)
                .collect(Collectors.joining(", "));
    }

    private SharingAgreement text(
            TrustedCentre other,
            List<SharingAgreement.Party> further,
            Optional<String> change,
            AgreementDraft draft,
            PartnerAgreements now)
            throws AgreementRefused {
        Set<String> parties = new HashSet<>(List.of(book.self(), other.identity()));
        further.forEach(party -> parties.add(party.identity()));
        Instant moment = book.now().truncatedTo(ChronoUnit.MILLIS);
        Optional<AgreementVersion> last = change.flatMap(now::last);
        if (change.isPresent() && last.isEmpty()) {
            throw absent(other.name());
        }
        if (last.isPresent() && !last.get().text().identities().equals(parties)) {
            throw new AgreementRefused(
                    AgreementRefused.Kind.INVALID,
                    "/parties",
                    "a change has the parties of the version before, which are this centre, "
                            + others(last.get().text()) + "; with others, propose a new agreement");
        }
        if (last.isEmpty()) {
            Optional<AgreementVersion> holds = now.versions().stream()
                    .filter(version -> version.text().identities().equals(parties))
                    .filter(version -> List.of(AgreementState.IN_FORCE, AgreementState.AGREED, AgreementState.PROPOSED)
                            .contains(now.state(version, book.now())))
                    .findFirst();
            if (holds.isPresent()) {
                throw conflict("the agreement " + holds.get().text().id() + " with "
                        + others(holds.get().text()) + " is "
                        + now.state(holds.get(), book.now()).word().replace('_', ' ')
                        + "; propose its next version by naming it as the one to \"change\"");
            }
        }
        Instant modified = last.map(version -> version.text().modified().plusMillis(1))
                .filter(least -> least.isAfter(moment))
                .orElse(moment);
        return draft.text(
                last.map(version -> version.text().id())
                        .orElseGet(() -> SharingAgreement.TYPE + "--" + UUID.randomUUID()),
                last.map(version -> version.text().created()).orElse(moment),
                modified,
                book.own(),
                other,
                further);
    }

    /**
     * Countersigns what the partner proposed.
     *
     * @param digest of the version that the person saw
     */
    public AgreementVersion accept(String id, String digest, String account)
            throws StoreUnavailable, DamagedAgreements, AgreementRefused {
        return answer(id, digest, AgreementNotice.Act.ACCEPT, "", account);
    }

    /** Says that this centre does not want what the partner proposed. */
    public AgreementVersion decline(String id, String digest, String reason, String account)
            throws StoreUnavailable, DamagedAgreements, AgreementRefused {
        return answer(id, digest, AgreementNotice.Act.DECLINE, reason, account);
    }

    /** Takes back what this centre proposed and the partner has not accepted. */
    public AgreementVersion withdraw(String id, String digest, String reason, String account)
            throws StoreUnavailable, DamagedAgreements, AgreementRefused {
        return answer(id, digest, AgreementNotice.Act.WITHDRAW, reason, account);
    }

    private AgreementVersion answer(String id, String digest, AgreementNotice.Act act, String reason, String account)
            throws StoreUnavailable, DamagedAgreements, AgreementRefused {
        TrustedCentre other = partnerOf(id);
        return notice(other, id, act, reason, account, now -> {
            AgreementVersion version = now.version(digest)
                    .filter(found -> found.text().id().equals(id))
                    .orElseThrow(() -> conflict("the agreement " + id
                            + " has no version with that sha256: look at it again, it may have changed"));
            AgreementState state = now.state(version, book.now());
            if (state != AgreementState.PROPOSED) {
                throw conflict("that version is " + state.word().replace('_', ' ') + ", and waits for no answer");
            }
            mayAnswer(version, act);
            if (act == AgreementNotice.Act.ACCEPT) {
                mayBind(version);
            }
            return new Noticed(version, Optional.empty());
        });
    }

    private void mayAnswer(AgreementVersion version, AgreementNotice.Act act) throws AgreementRefused {
        SharingAgreement text = version.text();
        boolean ours = text.proposer().equals(book.self());
        if (ours != (act == AgreementNotice.Act.WITHDRAW)) {
            String proposer = text.party(text.proposer()).orElseThrow().name();
            throw conflict(
                    ours
                            ? "this centre proposed that version: " + others(text)
                                    + " must answer it, and this centre can only withdraw it"
                            : proposer + " proposed that version: only " + proposer
                                    + " can withdraw it; accept or decline it");
        }
        if (!ours && version.answer(book.self()).isPresent()) {
            throw conflict("this centre signed that version already; it waits for "
                    + version.missing().stream()
                            .map(SharingAgreement.Party::name)
                            .collect(Collectors.joining(", ")));
        }
    }

    /** Refuses what a later agreement replaces at once: it would come into force with nobody. */
    private void mayBind(AgreementVersion version) throws AgreementRefused {
        List<AgreementVersion> later = new ArrayList<>();
        for (SharingAgreement.Party party : version.text().parties()) {
            if (!party.identity().equals(book.self())) {
                book.with(party.identity())
                        .ruling(book.now())
                        .filter(ruling -> AgreementVersion.ORDER.compare(ruling, version) > 0)
                        .ifPresent(later::add);
            }
        }
        if (later.size() == version.text().parties().size() - 1) {
            String proposer = version.text()
                    .party(version.text().proposer())
                    .orElseThrow()
                    .name();
            throw conflict("the agreement " + later.getFirst().text().id()
                    + " was proposed later and replaces that version at once: decline it, and let " + proposer
                    + " propose it again if it is meant");
        }
    }

    /**
     * Gives notice of termination. In a group, the agreement ends for this centre; it stays between the others.
     *
     * @param effective the first moment at which the agreement no longer holds; empty for the earliest that article 8
     *     allows
     */
    public AgreementVersion terminate(String id, Optional<Instant> effective, String reason, String account)
            throws StoreUnavailable, DamagedAgreements, AgreementRefused {
        TrustedCentre other = partnerUnder(id);
        return notice(other, id, AgreementNotice.Act.TERMINATE, reason, account, now -> {
            List<AgreementVersion> binding = now.binding(id, book.now());
            if (binding.isEmpty()) {
                throw conflict("no version of the agreement " + id + " is in force or begins later");
            }
            // A version that begins later does not shorten the time of the one in force.
            int days = binding.stream()
                    .mapToInt(version -> version.text().noticeDays())
                    .max()
                    .orElseThrow();
            // The signed moment is in whole milliseconds, and a second may pass before it is signed.
            Instant least =
                    book.now().plus(Duration.ofDays(days)).plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
            Instant end = effective.orElse(least);
            if (end.isBefore(least)) {
                throw new AgreementRefused(
                        AgreementRefused.Kind.INVALID,
                        "/effective",
                        "article 8 asks for " + days + " days between notice and end: " + least + " is the earliest");
            }
            AgreementVersion version = binding.getLast();
            Optional<Instant> before =
                    version.text().group() ? now.terminated(version, book.self()) : now.terminated(version);
            if (before.isPresent() && !end.isBefore(before.get())) {
                throw conflict("the agreement ends on " + before.get() + " by an earlier notice");
            }
            return new Noticed(version, Optional.of(end));
        });
    }

    /** Of which version a notice speaks, and when it takes effect. */
    private record Noticed(AgreementVersion version, Optional<Instant> effective) {}

    /** Finds of what a notice speaks. */
    @FunctionalInterface
    private interface Subject {
        Noticed of(PartnerAgreements now) throws AgreementRefused;
    }

    private AgreementVersion notice(
            TrustedCentre other, String id, AgreementNotice.Act act, String reason, String account, Subject subject)
            throws StoreUnavailable, DamagedAgreements, AgreementRefused {
        admission.require();
        String[] digest = new String[1];
        book.change(other.identity(), now -> {
            Noticed noticed = subject.of(now);
            digest[0] = noticed.version().digest();
            Instant moment = book.now().truncatedTo(ChronoUnit.MILLIS);
            AgreementNotice notice = new AgreementNotice(
                    AgreementNotice.TYPE + "--" + UUID.randomUUID(),
                    moment,
                    book.self(),
                    id,
                    digest[0],
                    act,
                    noticed.effective(),
                    reason);
            try {
                return List.of(StixWriter.signed(notice.json(), centre.signer(), book.now()));
            } catch (IllegalArgumentException invalid) {
                throw new AgreementRefused(AgreementRefused.Kind.INVALID, "/reason", invalid.getMessage());
            }
        });
        AgreementVersion version =
                book.with(other.identity()).version(digest[0]).orElseThrow();
        LOG.info("account {}: {} of the agreement {} with {}", account, act.word(), id, others(version.text()));
        return version;
    }

    private TrustedCentre partner(String name) throws AgreementRefused {
        return book.partner(name)
                .orElseThrow(() -> new AgreementRefused(
                        AgreementRefused.Kind.ABSENT,
                        "/partner",
                        "there is no partner centre of that name on the trust list; `koprik partner list` names them"));
    }

    /** A partner with which there is an agreement of that id. */
    TrustedCentre partnerOf(String id) throws AgreementRefused {
        return partnersOf(id).findFirst().orElseThrow(() -> absent(""));
    }

    /** A partner with which that agreement holds or begins later, if there is any: others of a group may have left. */
    private TrustedCentre partnerUnder(String id) throws AgreementRefused {
        Optional<TrustedCentre> under = partnersOf(id)
                .filter(centre ->
                        !book.with(centre.identity()).binding(id, book.now()).isEmpty())
                .findFirst();
        return under.isPresent() ? under.get() : partnerOf(id);
    }

    private Stream<TrustedCentre> partnersOf(String id) {
        return book.partners().stream()
                .filter(centre -> book.with(centre.identity()).last(id).isPresent());
    }

    private static AgreementRefused absent(String partner) {
        return new AgreementRefused(
                AgreementRefused.Kind.ABSENT,
                "",
                "there is no such agreement" + (partner.isEmpty() ? "" : " with " + partner)
                        + "; `koprik agreement list` names all");
    }

    private static AgreementRefused conflict(String message) {
        return new AgreementRefused(AgreementRefused.Kind.CONFLICT, "", message);
    }
}
