package uz.koprik.gateway.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import uz.koprik.gateway.intake.OwnershipModel.Content;
import uz.koprik.gateway.intake.OwnershipModel.Kind;
import uz.koprik.gateway.intake.OwnershipModel.Party;
import uz.koprik.gateway.intake.OwnershipModel.Submission;

/**
 * What happens at one centre: parties with random agreements, and their deeds with few objects, so that they get in
 * each other's way.
 */
final class RandomHistory {

    static final List<String> CENTRES = List.of(OwnershipModel.HOME, "moscow", "budapest", "seoul");

    /** A creator on no trust list. */
    static final String UNLISTED = "unlisted";

    /** Of each id the first letter says the type. */
    static final List<String> IDS = List.of("i0", "r0", "r1", "r2", "d0", "d1", "e0");

    private static final List<String> TEXTS = List.of("r0", "r1", "r2");

    sealed interface Event {

        record Submit(Submission submission) implements Event {}

        record Withdraw(Party by, String id, String which) implements Event {}

        record EndAgreement() implements Event {}
    }

    final List<Party> parties;
    final List<Event> events = new ArrayList<>();
    private final Random random;
    private final List<Submission> past = new ArrayList<>();

    /** @param end at which event the agreement of one partner ends; as good as never when there are fewer */
    RandomHistory(Random random, List<Party> parties, int length, int end) {
        this.random = random;
        this.parties = parties;
        for (int i = 0; i < length; i++) {
            events.add(i == end ? new Event.EndAgreement() : event());
        }
    }

    /** The parties: three partners with random agreements, and five accounts. */
    static List<Party> parties(Random random) {
        return List.of(
                partner(random, "moscow", true, false, false),
                partner(random, "budapest", false, true, false),
                partner(random, "seoul", false, random.nextBoolean(), true),
                new Party("admin", Kind.MEMBER, 4, true, false, false, false),
                new Party("anna", Kind.MEMBER, 4, true, false, false, false),
                account("clear", 0),
                account("green", 1),
                account("amber", 2));
    }

    private static Party partner(Random random, String name, boolean relay, boolean unsigned, boolean ends) {
        return new Party(name, Kind.PARTNER, random.nextInt(4), random.nextInt(3) == 0, relay, unsigned, ends);
    }

    private static Party account(String name, int max) {
        return new Party(name, Kind.ACCOUNT, max, false, false, false, false);
    }

    private Event event() {
        int dice = random.nextInt(100);
        if (dice < 7) {
            return new Event.Withdraw(any(parties), any(IDS), any(List.of("all", "all", "first", "last")));
        }
        Submission submission = dice < 25 && !past.isEmpty() ? passedOn(any(past)) : submission();
        while (vouchedForBefore(submission)) {
            submission = submission();
        }
        past.add(submission);
        return new Event.Submit(submission);
    }

    /**
     * Whether it rests on a countersignature that came earlier, which depends on who may see that: StoredVoucherTest.
     */
    private boolean vouchedForBefore(Submission now) {
        return now.by().partner()
                && now.signer().isEmpty()
                && past.stream()
                        .anyMatch(old -> old.content().equals(now.content())
                                && old.signer().isEmpty()
                                && !(old.by().partner() ? old.voucher() : OwnershipModel.HOME).equals(now.voucher()));
    }

    /** The same object from somebody else, or once more from the same. */
    private Submission passedOn(Submission old) {
        Party by = random.nextInt(3) == 0 ? old.by() : any(parties);
        String signer = !old.by().partner() && old.content().creator().equals(OwnershipModel.HOME)
                ? OwnershipModel.HOME
                : old.signer();
        String voucher =
                old.voucher().isEmpty() && signer.isEmpty() && !old.by().partner()
                        ? OwnershipModel.HOME
                        : old.voucher();
        return new Submission(by, old.content(), signer, by.partner() ? voucher : "");
    }

    private Submission submission() {
        String id = any(random.nextInt(3) == 0 ? List.of("i0", "r0") : IDS);
        boolean observable = id.charAt(0) == 'd' || id.charAt(0) == 'e';
        Party by = any(parties);
        String self = by.partner() ? by.name() : OwnershipModel.HOME;
        // Mostly in one's own name; else a takeover, or on behalf of somebody.
        String creator = observable
                ? ""
                : switch (random.nextInt(10)) {
                    case 0, 1, 2, 3, 4, 5 -> self;
                    case 6 -> any(CENTRES);
                    case 7, 8 -> UNLISTED;
                    default -> "";
                };
        String signer = "";
        String voucher = "";
        if (by.partner()) {
            switch (random.nextInt(8)) {
                case 0 -> signer = any(CENTRES);
                case 1 -> {}
                case 2, 3 -> voucher = any(List.of(self, self, "moscow", OwnershipModel.HOME));
                default -> signer = creator.equals(UNLISTED) ? "" : creator.isEmpty() ? self : creator;
            }
            if (creator.equals(UNLISTED) && random.nextInt(4) > 0) {
                signer = "";
                voucher = "moscow";
            }
            if (creator.equals(UNLISTED) && !voucher.isEmpty()) {
                voucher = random.nextBoolean()
                        ? "moscow"
                        : OwnershipModel.HOME; // others may not vouch for it, and then it is as unsigned
            }
        }
        return new Submission(by, content(id, observable, creator), signer, voucher);
    }

    private Content content(String id, boolean observable, String creator) {
        int tlp = observable && random.nextBoolean() ? -1 : any(List.of(-1, 0, 1, 1, 1, 2, 3, 4, 4));
        List<String> refs = new ArrayList<>();
        if (TEXTS.contains(id)) {
            for (int i = random.nextInt(2); i >= 0; i--) {
                String ref = any(IDS);
                if (!ref.equals(id) && !refs.contains(ref)) {
                    refs.add(ref);
                }
            }
            if (refs.isEmpty()) {
                refs.add("i0");
            }
        } else if (id.equals("d0") && random.nextInt(3) == 0) {
            refs.add("d1");
        } else if (id.equals("d1") && random.nextInt(3) == 0) {
            refs.add("d0");
        }
        return new Content(
                id,
                creator,
                observable ? 0 : random.nextInt(8) == 0 ? 2 : 1,
                observable ? 0 : 1 + random.nextInt(6),
                tlp,
                refs,
                !observable && random.nextInt(10) == 0,
                id.equals("e0") ? "a@v" : TEXTS.contains(id) ? "" : "v",
                random.nextInt(2));
    }

    private <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
