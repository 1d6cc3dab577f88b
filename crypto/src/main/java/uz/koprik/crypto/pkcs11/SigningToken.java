package uz.koprik.crypto.pkcs11;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.algorithm.HardwareKeys;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.algorithm.SigningUnavailable;
import uz.koprik.crypto.algorithm.VerificationKey;
import uz.koprik.crypto.trust.Secrets;

/**
 * A PKCS#11 token that signs. It is opened at the first use, and again after a fault: a token that was away signs as
 * soon as it is back. While it is away, it is looked for at most once a second. Safe for use by many threads at once.
 */
public final class SigningToken implements HardwareKeys {

    private static final long PAUSE = Duration.ofSeconds(1).toNanos();
    private static final int ID_BYTES = 16;
    private static final int SIGNATURE_BYTES = 64;

    private final TokenSettings settings;
    private final TokenLogin login;
    private Optional<TokenConnection> connection = Optional.empty();
    private Optional<SigningUnavailable> last = Optional.empty();
    private long lookedAt;

    public SigningToken(TokenSettings settings) {
        this.settings = settings;
        this.login = new TokenLogin(settings);
    }

    /**
     * What a look at the token found.
     *
     * @param label of the token
     * @param serial its serial number
     * @param extractable whether the private key could leave the token; empty when the token does not say
     * @param wrongPinSince whether somebody entered a wrong PIN since the last right one
     */
    public record Facts(String label, String serial, Optional<Boolean> extractable, boolean wrongPinSince) {}

    /**
     * Looks for the token without a login.
     *
     * @return its serial number
     * @throws SigningUnavailable when it is not there: says why and what to do
     */
    public String serial() {
        Cryptoki cryptoki = Cryptoki.of(settings.module());
        try {
            Optional<TokenInfo> token = login.token(cryptoki);
            if (token.isEmpty()) {
                throw login.absent(cryptoki);
            }
            return token.get().serial();
        } catch (TokenFault fault) {
            throw new SigningUnavailable(place() + " cannot be looked for: " + fault.getMessage(), fault);
        }
    }

    /** Where its keys are, for people. */
    public String place() {
        return settings.name();
    }

    @Override
    public SigningKey key(VerificationKey publicKey) {
        return new TokenKey(publicKey, place(), this::sign);
    }

    /**
     * Makes a key pair for ES256. The private half cannot be read and does not leave the token.
     *
     * @param label its label on the token, which none has yet
     * @throws KeyRejected when one has it
     * @throws SigningUnavailable when the token cannot be used, or makes no such keys
     */
    public SigningKey generate(String label) throws KeyRejected {
        byte[] id = Secrets.randomBytes(ID_BYTES);
        Optional<byte[]> point = work(open -> {
            if (!open.use((module, session) -> module.find(session, privateKey().with(TokenTemplate.LABEL, label)))
                    .isEmpty()) {
                return Optional.<byte[]>empty();
            }
            return Optional.of(generate(open, label, id));
        });
        if (point.isEmpty()) {
            throw new KeyRejected(place() + " holds a private key with the label " + label
                    + " already: choose another label," + " or use that key by --label");
        }
        return proven(TokenPoint.key(point.get()));
    }

    private static byte[] generate(TokenConnection open, String label, byte[] id) throws TokenFault {
        return open.writing((module, session) -> {
            long made = module.generateEcKeyPair(
                    session,
                    TokenTemplate.of(TokenTemplate.PUBLIC_KEY)
                            .with(TokenTemplate.KEY_TYPE, TokenTemplate.EC)
                            .with(TokenTemplate.TOKEN, true)
                            .with(TokenTemplate.VERIFY, true)
                            .with(TokenTemplate.EC_PARAMS, TokenPoint.P256)
                            .with(TokenTemplate.LABEL, label)
                            .with(TokenTemplate.ID, id),
                    privateKey()
                            .with(TokenTemplate.KEY_TYPE, TokenTemplate.EC)
                            .with(TokenTemplate.TOKEN, true)
                            .with(TokenTemplate.PRIVATE, true)
                            .with(TokenTemplate.SENSITIVE, true)
                            .with(TokenTemplate.EXTRACTABLE, false)
                            .with(TokenTemplate.SIGN, true)
                            .with(TokenTemplate.LABEL, label)
                            .with(TokenTemplate.ID, id));
            return module.value(session, made, TokenTemplate.EC_POINT)
                    .orElseThrow(
                            () -> new SigningUnavailable("the token made a key, but does not show its public half"));
        });
    }

    /**
     * A key that is on the token already.
     *
     * @param label label of the private key
     * @throws KeyRejected when there is no such key, several have the label, its public half is not there, or it is not
     *     on P-256
     * @throws SigningUnavailable when the token cannot be used
     */
    public SigningKey existing(String label) throws KeyRejected {
        TokenObjects found = work(open -> open.use((module, session) -> TokenObjects.labelled(module, session, label)));
        return proven(found.key(place(), label));
    }

    private SigningKey proven(VerificationKey publicKey) throws KeyRejected {
        SigningKey key = key(publicKey);
        byte[] probe = Secrets.randomBytes(ID_BYTES);
        try {
            publicKey.verify(probe, key.sign(probe));
        } catch (uz.koprik.crypto.SignatureRejected wrong) {
            throw new KeyRejected("the private key on " + place() + " does not belong to its public key", wrong);
        }
        return key;
    }

    /**
     * Looks at the token and signs with a key of it.
     *
     * @throws SigningUnavailable when that does not work: says why and what to do
     */
    public Facts examine(VerificationKey key) {
        sign(key, Sha256.of(Secrets.randomBytes(ID_BYTES)));
        return work(open -> new Facts(
                open.token().label(),
                open.token().serial(),
                open.extractable(key),
                open.token().pinCountLow()));
    }

    private byte[] sign(VerificationKey key, byte[] hash) {
        byte[] signature = work(open -> open.sign(key, hash).orElseThrow(KeyAbsent::new));
        if (signature.length != SIGNATURE_BYTES) {
            throw new SigningUnavailable(place() + " makes signatures of " + signature.length + " bytes, not 64");
        }
        return signature;
    }

    /** Something that a connection does. */
    @FunctionalInterface
    private interface Work<T> {
        T with(TokenConnection open) throws TokenFault, KeyAbsent;
    }

    /** The token does not hold the key, or not any more. */
    private static final class KeyAbsent extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Tries it with the open connection, and after a fault once with a new one. */
    private <T> T work(Work<T> work) {
        TokenConnection first = connection();
        try {
            return work.with(first);
        } catch (TokenFault fault) {
            drop(first);
        } catch (KeyAbsent absent) {
            // Somebody may have changed the token since it was opened.
            if (System.nanoTime() - first.openedAt() < PAUSE) {
                throw absent(first, absent);
            }
            drop(first);
        }
        TokenConnection second = connection();
        try {
            return work.with(second);
        } catch (TokenFault fault) {
            drop(second);
            throw pause(new SigningUnavailable(
                    place() + " cannot be used: " + fault.getMessage()
                            + "; look at the token and its vendor's log, and run `koprik doctor`",
                    fault));
        } catch (KeyAbsent absent) {
            throw absent(second, absent);
        }
    }

    private SigningUnavailable absent(TokenConnection open, KeyAbsent cause) {
        return new SigningUnavailable(
                place() + " (serial number " + open.token().serial()
                        + ") does not hold the private key of the certificate in keys/centre.p12, or not for this user:"
                        + " restore the token from its own backup, or name the right one in koprik.yaml;"
                        + " docs/running.md, A token is lost",
                cause);
    }

    private synchronized void drop(TokenConnection faulty) {
        faulty.close();
        if (connection.isPresent() && connection.get() == faulty) {
            connection = Optional.empty();
        }
    }

    private synchronized SigningUnavailable pause(SigningUnavailable why) {
        last = Optional.of(why);
        lookedAt = System.nanoTime();
        return why;
    }

    private synchronized TokenConnection connection() {
        if (connection.isEmpty()) {
            if (last.isPresent() && System.nanoTime() - lookedAt < PAUSE) {
                throw new SigningUnavailable(last.get().getMessage(), last.get());
            }
            try {
                connection = Optional.of(open());
                last = Optional.empty();
            } catch (SigningUnavailable unavailable) {
                throw pause(unavailable);
            }
        }
        return connection.get();
    }

    private TokenConnection open() {
        Cryptoki cryptoki = Cryptoki.of(settings.module());
        try {
            return open(cryptoki);
        } catch (TokenFault | TokenAbsent first) {
            // Some modules look for tokens only when they start.
        }
        try {
            cryptoki.restart();
            return open(cryptoki);
        } catch (TokenAbsent absent) {
            throw absent.why;
        } catch (TokenFault fault) {
            throw new SigningUnavailable(
                    place() + " cannot be opened: " + fault.getMessage() + "; look at the token and its vendor's log",
                    fault);
        }
    }

    private static final class TokenAbsent extends Exception {
        private static final long serialVersionUID = 1L;
        private final SigningUnavailable why;

        TokenAbsent(SigningUnavailable why) {
            super(why);
            this.why = why;
        }
    }

    private TokenConnection open(Cryptoki cryptoki) throws TokenFault, TokenAbsent {
        Optional<TokenInfo> token = login.token(cryptoki);
        if (token.isEmpty()) {
            throw new TokenAbsent(login.absent(cryptoki));
        }
        List<Long> sessions = new ArrayList<>();
        boolean done = false;
        try {
            sessions.add(cryptoki.openSession(token.get().slot(), false));
            login.login(cryptoki, token.get(), sessions.getFirst());
            while (sessions.size() < settings.sessions()) {
                sessions.add(cryptoki.openSession(token.get().slot(), false));
            }
            done = true;
            return new TokenConnection(cryptoki, token.get(), sessions);
        } finally {
            if (!done) {
                for (long session : sessions) {
                    cryptoki.closeSession(session);
                }
            }
        }
    }

    private static TokenTemplate privateKey() {
        return TokenTemplate.of(TokenTemplate.PRIVATE_KEY);
    }
}
