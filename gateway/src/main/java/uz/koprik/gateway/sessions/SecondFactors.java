package uz.koprik.gateway.sessions;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Second factors of accounts: codes by time of an authenticator app, and recovery codes. A paper an account in the
 * state store, so that they hold at every gateway; secrets are encrypted, recovery codes kept as fingerprints. A code
 * serves once at all gateways together. Safe for use by many threads at once.
 */
public final class SecondFactors {

    private static final String FOLDER = "second-factors/";
    private static final int RECOVERY_CODES = 10;

    /** Letters and digits that nobody takes for one another. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int RECOVERY_LENGTH = 12;
    private static final int GROUP = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PaperCopies<Optional<SecondFactor>> copies;
    private final Sealing sealing;
    private final InstantSource clock;

    /** @param sealing encrypts the secrets */
    public SecondFactors(StateStore stateStore, Sealing sealing, InstantSource clock) {
        this.copies = new PaperCopies<>(stateStore, SecondFactor::read, true, System::nanoTime);
        this.sealing = sealing;
        this.clock = clock;
    }

    /** Which code was used. */
    public enum Code {
        TIME,
        RECOVERY,
        WRONG
    }

    /**
     * How the second factor of an account stands.
     *
     * @param since when it was confirmed
     * @param recoveryCodes how many are left
     */
    public record Status(Instant since, int recoveryCodes) {}

    /** Whether an account has one. Never blocks; empty when the store must be asked. */
    Optional<Boolean> heldHas(Account account) {
        return copies.held(paper(account.name())).map(copy -> has(copy, account));
    }

    /** Whether an account has one. Blocks. */
    boolean has(Account account) throws StoreUnavailable {
        return has(copies.read(paper(account.name())), account);
    }

    /** A damaged one is one as well: damage opens nothing. */
    private static boolean has(PaperCopies.Copy<Optional<SecondFactor>> copy, Account account) {
        return copy.value()
                .filter(there -> there.isEmpty()
                        || (there.get().confirmed().isPresent()
                                && there.get().accountMade().equals(account.created())))
                .isPresent();
    }

    /** How it stands; empty when there is none. Blocks. */
    Optional<Status> status(Account account) throws StoreUnavailable {
        return of(account, copies.readAgain(paper(account.name()))).flatMap(one -> one.confirmed()
                .map(since -> new Status(since, one.recovery().size())));
    }

    /**
     * Begins to set one up; another that was not confirmed is void. Blocks.
     *
     * @return the secret, in base32
     * @throws Problem 409 when the account has one
     */
    String start(Account account) throws StoreUnavailable {
        String secret = Totp.secret();
        change(account, there -> {
            if (there.flatMap(SecondFactor::confirmed).isPresent()) {
                throw new Problem(
                        409,
                        "Second factor already set up",
                        account.name() + " has a second factor; remove it first, with a code of it");
            }
            return new SecondFactor(
                    account.created(), sealing.seal(secret, account.name()), Optional.empty(), 0, List.of());
        });
        return secret;
    }

    /**
     * Ends setting one up: the code shows that the app has the secret. Blocks.
     *
     * @return recovery codes, which are kept nowhere
     * @throws Problem 409 when none is being set up, 400 when the code is wrong
     */
    List<String> confirm(Account account, String code) throws StoreUnavailable {
        List<String> codes = recoveryCodes();
        change(account, there -> {
            SecondFactor one = there.filter(begun -> begun.confirmed().isEmpty())
                    .orElseThrow(() -> new Problem(
                            409,
                            "Second factor not begun",
                            "no second factor is being set up; begin by POST /api/account/second-factor"));
            OptionalLong step = Totp.step(secret(one, account), digits(code), clock.instant(), one.step());
            if (step.isEmpty()) {
                throw wrongCode(400);
            }
            return one.confirmedAt(clock.instant(), step.getAsLong(), fingerprints(codes, account));
        });
        return codes;
    }

    /** Uses a code up. Blocks. */
    Code use(Account account, String code) throws StoreUnavailable {
        String print = sealing.fingerprint(letters(code), account.name());
        Code[] which = {Code.WRONG};
        change(account, there -> {
            SecondFactor one = there.filter(known -> known.confirmed().isPresent())
                    .orElseThrow(() -> new Problem(409, "No second factor", account.name() + " has no second factor"));
            OptionalLong step = Totp.step(secret(one, account), digits(code), clock.instant(), one.step());
            if (step.isPresent()) {
                which[0] = Code.TIME;
                return one.withStep(step.getAsLong());
            }
            if (one.recovery().contains(print)) {
                which[0] = Code.RECOVERY;
                List<String> rest = new ArrayList<>(one.recovery());
                rest.remove(print);
                return one.withRecovery(rest);
            }
            which[0] = Code.WRONG;
            return one;
        });
        return which[0];
    }

    /** Replaces the recovery codes. Blocks. */
    List<String> renewRecoveryCodes(Account account) throws StoreUnavailable {
        List<String> codes = recoveryCodes();
        change(account, there -> there.map(one -> one.withRecovery(fingerprints(codes, account)))
                .orElseThrow(() -> new Problem(409, "No second factor", account.name() + " has no second factor")));
        return codes;
    }

    /** Removes it. Blocks. */
    void remove(String account) throws StoreUnavailable {
        copies.remove(paper(account));
    }

    /** What is done every second: reads what other gateways changed. Blocks. */
    public void tend() throws StoreUnavailable {
        copies.refresh();
    }

    private void change(Account account, Function<Optional<SecondFactor>, SecondFactor> change)
            throws StoreUnavailable {
        while (true) {
            PaperCopies.Copy<Optional<SecondFactor>> there = copies.readAgain(paper(account.name()));
            Optional<SecondFactor> before = of(account, there);
            SecondFactor next = change.apply(before);
            if (before.filter(next::equals).isPresent()
                    || copies.replace(paper(account.name()), there, Optional.of(next), next.write())) {
                return;
            }
        }
    }

    private static Optional<SecondFactor> of(Account account, PaperCopies.Copy<Optional<SecondFactor>> copy) {
        if (copy.value().filter(Optional::isEmpty).isPresent()) {
            throw new Problem(
                    503,
                    "Second factor damaged",
                    "what the centre keeps of the second factor of " + account.name()
                            + " is damaged; ask an operator to reset it");
        }
        return copy.value().flatMap(one -> one).filter(one -> one.accountMade().equals(account.created()));
    }

    private String secret(SecondFactor one, Account account) {
        return sealing.open(one.sealed(), account.name())
                .orElseThrow(() -> new Problem(
                        503,
                        "Second factor damaged",
                        "the secret of the second factor of " + account.name()
                                + " was encrypted with the key of another home; ask an operator to reset it"));
    }

    static Problem wrongCode(int status) {
        return new Problem(
                status,
                "Wrong code",
                "the code is wrong or was used already; wait for the next one, and look at the clock of the device");
    }

    private List<String> fingerprints(List<String> codes, Account account) {
        return codes.stream()
                .map(code -> sealing.fingerprint(letters(code), account.name()))
                .toList();
    }

    /** Apps show the digits in two groups. */
    private static String digits(String code) {
        return code.replaceAll("[\\s-]", "");
    }

    private static String letters(String code) {
        return code.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static List<String> recoveryCodes() {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            StringBuilder code = new StringBuilder();
            for (int letter = 0; letter < RECOVERY_LENGTH; letter++) {
                if (letter > 0 && letter % GROUP == 0) {
                    code.append('-');
                }
                code.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
            }
            codes.add(code.toString());
        }
        return codes;
    }

    private static String paper(String account) {
        if (!account.matches(Account.NAME)) {
            throw new IllegalArgumentException("no account has that name");
        }
        return FOLDER + account + ".json";
    }
}
