package uz.koprik.gateway.partners;

import java.io.IOException;
import java.time.Instant;
import uz.koprik.crypto.jws.Signature;
import uz.koprik.crypto.jws.Signer;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFileRejected;

/** The keys of a running centre, which commands replace in the key file. Safe for use by many threads at once. */
public final class LiveKeys {

    private final Source source;
    private volatile CentreKeys now;

    /** Reads the key file. */
    @FunctionalInterface
    public interface Source {
        /** The keys in the file at this moment. */
        CentreKeys read() throws IOException, KeyFileRejected;
    }

    /** @param keys what the source says now */
    public LiveKeys(CentreKeys keys, Source source) {
        this.now = keys;
        this.source = source;
    }

    /** The keys in use. */
    public CentreKeys now() {
        return now;
    }

    /**
     * The keys in the file, which a command may have replaced a moment ago. They sign changes of the trust list; call
     * it with the lock of the home.
     */
    public CentreKeys inFile() throws IOException, KeyFileRejected {
        return source.read();
    }

    /** Thumbprint of the signing key in use. */
    public String kid() {
        return now.publicKey().kid();
    }

    /**
     * Reads the file again and uses what it says, unless that is another signing key: such a key is used when the trust
     * list has it, see {@link #reread()}.
     */
    public synchronized void rereadTls() throws IOException, KeyFileRejected {
        CentreKeys read = source.read();
        if (read.publicKey().kid().equals(kid())) {
            now = read;
        }
    }

    /** Reads the file again and uses what it says; whether that is another signing key. */
    public synchronized boolean reread() throws IOException, KeyFileRejected {
        CentreKeys read = source.read();
        boolean other = !read.publicKey().kid().equals(kid());
        now = read;
        return other;
    }

    /** Signs with the key in use; {@link LocalCentre#signer()} holds on to one key at a time. */
    public Signer signer() {
        return new LiveSigner(this);
    }

    /** Signs with the key that is in use when a method is called. */
    record LiveSigner(LiveKeys keys) implements Signer {

        Signer fixed() {
            return keys.now().signer();
        }

        @Override
        public String alg() {
            return fixed().alg();
        }

        @Override
        public String kid() {
            return fixed().kid();
        }

        @Override
        public Signature sign(byte[] payload, Instant issuedAt) {
            return fixed().sign(payload, issuedAt);
        }
    }
}
