package uz.koprik.crypto.pkcs11;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uz.koprik.crypto.algorithm.SigningUnavailable;
import uz.koprik.crypto.trust.KeyFileRejected;

/** Finds the token and logs in to it, at most once with each wrong PIN. For one thread at a time. */
final class TokenLogin {

    private static final Set<Long> WRONG_PIN =
            Set.of(TokenFault.PIN_INCORRECT, TokenFault.PIN_INVALID, TokenFault.PIN_LEN_RANGE);

    private final TokenSettings settings;
    private final RefusedPin refused;

    TokenLogin(TokenSettings settings) {
        this.settings = settings;
        this.refused = new RefusedPin(settings.refused());
    }

    /**
     * The token of the settings.
     *
     * @return empty when it is in no slot
     * @throws SigningUnavailable when several fit
     */
    Optional<TokenInfo> token(Cryptoki cryptoki) throws TokenFault {
        List<TokenInfo> labelled = cryptoki.tokens().stream()
                .filter(token -> token.label().equals(settings.label()))
                .filter(token -> settings.serial().isEmpty() || token.serial().equals(settings.serial()))
                .toList();
        if (labelled.size() > 1) {
            throw new SigningUnavailable(labelled.size() + " PKCS#11 tokens have the label " + settings.label()
                    + ", with the serial numbers "
                    + labelled.stream().map(TokenInfo::serial).collect(Collectors.joining(", "))
                    + ": write the one that is meant into signing.pkcs11.serial in koprik.yaml");
        }
        return labelled.stream().findFirst();
    }

    /** What to say when it is in no slot. */
    SigningUnavailable absent(Cryptoki cryptoki) throws TokenFault {
        String others = cryptoki.tokens().stream()
                .map(token -> token.label() + " (" + token.serial() + ")")
                .collect(Collectors.joining(", "));
        return new SigningUnavailable("there is no PKCS#11 token with the label " + settings.label()
                + (settings.serial().isEmpty() ? "" : " and the serial number " + settings.serial())
                + " in the slots of " + settings.module()
                + (others.isEmpty() ? ", and no other one" : "; there are " + others)
                + ": insert it, let this user open it, or correct signing.pkcs11.token in koprik.yaml");
    }

    /**
     * Logs in. The state of the login is that of the process: it stays while a session is open.
     *
     * @throws SigningUnavailable when the token does not let us in: says why and what to do
     */
    void login(Cryptoki cryptoki, TokenInfo token, long session) throws TokenFault {
        if (!token.loginRequired()) {
            return;
        }
        if (token.locked()) {
            throw locked();
        }
        char[] pin = pin();
        try {
            login(cryptoki, token, session, pin);
        } catch (IOException unwritable) {
            throw new SigningUnavailable(
                    "whether " + settings.name() + " refused the PIN before cannot be read or written ("
                            + settings.refused() + ": " + unwritable.getMessage() + "): correct the file",
                    unwritable);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    private char[] pin() {
        try {
            return settings.pin().read();
        } catch (KeyFileRejected rejected) {
            throw new SigningUnavailable(rejected.getMessage(), rejected);
        } catch (IOException unreadable) {
            throw new SigningUnavailable(
                    settings.pin().place() + " with the PIN cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private void login(Cryptoki cryptoki, TokenInfo token, long session, char[] pin) throws TokenFault, IOException {
        Optional<String> before = refused.since(token.serial(), pin);
        if (before.isPresent()) {
            throw wrongPin(" at " + before.get(), null);
        }
        if (token.finalTry()) {
            throw new SigningUnavailable(
                    settings.name() + " locks itself after one more wrong PIN, so none is tried: log in"
                            + " once by the vendor's tool, such as `pkcs11-tool --module " + settings.module()
                            + " --token-label "
                            + settings.label() + " --login --list-objects`, and write that PIN into "
                            + settings.pin().place());
        }
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(pin));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        while (encoded.position() > 0) { // no copy of the PIN stays
            encoded.put(encoded.position() - 1, (byte) 0).position(encoded.position() - 1);
        }
        try {
            cryptoki.login(session, bytes);
        } catch (TokenFault fault) {
            refusedLogin(token, pin, fault);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
        refused.forget();
    }

    /** Returns when another user of the module in this process is logged in, which is as good. */
    private void refusedLogin(TokenInfo token, char[] pin, TokenFault fault) throws TokenFault, IOException {
        if (fault.code() == TokenFault.USER_ALREADY_LOGGED_IN) {
            return;
        }
        if (WRONG_PIN.contains(fault.code())) {
            refused.remember(token.serial(), pin);
            throw wrongPin("", fault);
        }
        if (fault.code() == TokenFault.PIN_LOCKED) {
            throw locked();
        }
        if (fault.code() == TokenFault.USER_PIN_NOT_INITIALIZED) {
            throw new SigningUnavailable(
                    settings.name() + " has no PIN for its user yet: its security officer sets one", fault);
        }
        throw fault;
    }

    private SigningUnavailable locked() {
        return new SigningUnavailable(settings.name()
                + " is locked after too many wrong PINs: its security officer sets a new"
                + " one, such as by `pkcs11-tool --module " + settings.module() + " --token-label " + settings.label()
                + " --login --login-type so --init-pin`; write it into "
                + settings.pin().place());
    }

    private SigningUnavailable wrongPin(String when, Throwable cause) {
        return new SigningUnavailable(
                settings.name() + " refused the PIN of " + settings.pin().place() + when
                        + ", and it is not tried again, since a token locks itself after few wrong ones: write the right PIN"
                        + " there",
                cause);
    }
}
