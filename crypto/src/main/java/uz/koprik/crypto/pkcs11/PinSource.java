package uz.koprik.crypto.pkcs11;

import java.io.IOException;
import uz.koprik.crypto.trust.KeyFileRejected;

/** Where the PIN of a token comes from. It is read at each login, so that a corrected one is used without a restart. */
public interface PinSource {

    /**
     * The PIN; the caller wipes it.
     *
     * @throws KeyFileRejected when there is none, or others may read it: says where and what to do
     */
    char[] read() throws IOException, KeyFileRejected;

    /** Where it is, for messages, such as {@code the file /var/lib/koprik/keys/pin}. */
    String place();
}
