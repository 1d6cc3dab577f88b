package uz.koprik.crypto.pkcs11;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.algorithm.SigningUnavailable;
import uz.koprik.crypto.algorithm.VerificationKey;

/**
 * Sessions with a token into which we are logged in. It serves until the first fault; then it is closed, and another
 * one is opened. Safe for use by many threads at once.
 */
final class TokenConnection {

    private static final long PATIENCE_SECONDS = 30;
    private static final byte[] PROBE = {'k', 'o', 'p', 'r', 'i', 'k'};
    private static final int MOST_PROBED = 16;

    /** Stands for a session that was closed, so that nobody waits for it. */
    private static final long GONE = -1;

    private final Cryptoki cryptoki;
    private final TokenInfo token;
    private final BlockingQueue<Long> free;
    private final Map<String, Long> handles = new ConcurrentHashMap<>();
    private final long openedAt = System.nanoTime();
    private volatile boolean closed;

    /** @param sessions open ones; the login was by one of them */
    TokenConnection(Cryptoki cryptoki, TokenInfo token, List<Long> sessions) {
        this.cryptoki = cryptoki;
        this.token = token;
        this.free = new ArrayBlockingQueue<>(sessions.size(), false, sessions);
    }

    /** By {@link System#nanoTime}. */
    long openedAt() {
        return openedAt;
    }

    TokenInfo token() {
        return token;
    }

    /** Work with a session. */
    @FunctionalInterface
    interface Work<T> {
        T with(Cryptoki cryptoki, long session) throws TokenFault;
    }

    /** Does something with a session that nobody else uses meanwhile. */
    <T> T use(Work<T> work) throws TokenFault {
        Long session = null;
        try {
            session = free.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SigningUnavailable("the wait for a session of the PKCS#11 token was interrupted", stopped);
        }
        if (session != null && session == GONE) {
            free.add(GONE);
            throw new TokenFault("a session", TokenFault.SESSION_CLOSED);
        }
        if (session == null) {
            throw new SigningUnavailable("no session of the PKCS#11 token " + token.label() + " was free within "
                    + PATIENCE_SECONDS
                    + " s: it is too slow for what is signed, or hangs; signing.pkcs11.sessions allows"
                    + " more at one time");
        }
        try {
            return work.with(cryptoki, session);
        } finally {
            free.add(session);
            if (closed) {
                close();
            }
        }
    }

    /** As {@link #use}, with a session in which objects can be made. */
    <T> T writing(Work<T> work) throws TokenFault {
        long session = cryptoki.openSession(token.slot(), true);
        try {
            return work.with(cryptoki, session);
        } finally {
            close(session);
        }
    }

    /** Signs a hash with the private half of a key; empty when the token does not hold it. */
    Optional<byte[]> sign(VerificationKey key, byte[] hash) throws TokenFault {
        return use((module, session) -> {
            Long handle = handles.get(key.kid());
            if (handle == null) {
                Optional<Long> found = find(session, key);
                if (found.isEmpty()) {
                    return Optional.<byte[]>empty();
                }
                handle = found.get();
                handles.put(key.kid(), handle);
            }
            return Optional.of(module.sign(session, handle, hash));
        });
    }

    /** Whether the private half of a key may leave the token; empty when it does not say. */
    Optional<Boolean> extractable(VerificationKey key) throws TokenFault {
        return use((module, session) -> {
            Optional<Long> handle = find(session, key);
            return handle.isEmpty()
                    ? Optional.<Boolean>empty()
                    : module.value(session, handle.get(), TokenTemplate.EXTRACTABLE)
                            .filter(value -> value.length == 1)
                            .map(value -> value[0] != 0);
        });
    }

    /**
     * Handle of the private half of a key: beside its public half, or, when that is not on the token, the first whose
     * signature fits. Each is tried before it is used.
     */
    private Optional<Long> find(long session, VerificationKey key) throws TokenFault {
        for (long publicHalf : cryptoki.find(
                session,
                TokenTemplate.of(TokenTemplate.PUBLIC_KEY).with(TokenTemplate.EC_POINT, TokenPoint.encoded(key)))) {
            Optional<byte[]> id = cryptoki.value(session, publicHalf, TokenTemplate.ID);
            if (id.isPresent()) {
                Optional<Long> found = fitting(
                        session,
                        key,
                        TokenTemplate.of(TokenTemplate.PRIVATE_KEY)
                                .with(TokenTemplate.KEY_TYPE, TokenTemplate.EC)
                                .with(TokenTemplate.ID, id.get()));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return fitting(
                session,
                key,
                TokenTemplate.of(TokenTemplate.PRIVATE_KEY).with(TokenTemplate.KEY_TYPE, TokenTemplate.EC));
    }

    private Optional<Long> fitting(long session, VerificationKey key, TokenTemplate wanted) throws TokenFault {
        byte[] hash = Sha256.of(PROBE);
        for (long handle :
                cryptoki.find(session, wanted).stream().limit(MOST_PROBED).toList()) {
            if (fits(key, cryptoki.sign(session, handle, hash))) {
                return Optional.of(handle);
            }
        }
        return Optional.empty();
    }

    /** False for another private key of the token, or one of another curve. */
    private static boolean fits(VerificationKey key, byte[] signature) {
        try {
            key.verify(PROBE, signature);
            return true;
        } catch (SignatureRejected another) {
            return false;
        }
    }

    /**
     * Closes the sessions that are free now, and the others when they are given back. Who waits for one gets a fault.
     */
    void close() {
        closed = true;
        List<Long> given = new ArrayList<>();
        free.drainTo(given);
        for (long session : given) {
            if (session != GONE) {
                close(session);
            }
            free.add(GONE);
        }
    }

    private void close(long session) {
        try {
            cryptoki.closeSession(session);
        } catch (TokenFault gone) {
            // The session ended with its token, or with the module.
            handles.clear();
        }
    }
}
