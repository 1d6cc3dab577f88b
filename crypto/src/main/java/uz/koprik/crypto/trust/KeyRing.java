package uz.koprik.crypto.trust;

import java.util.Optional;

/** Finds the owner of a key. Safe for use by many threads at once; look-ups take constant time and never block. */
public interface KeyRing {

    /**
     * The owner of the key with that thumbprint, past keys included; empty when nobody on the list owns it.
     *
     * @param kid RFC 7638 thumbprint
     */
    Optional<KeyOwner> key(String kid);
}
