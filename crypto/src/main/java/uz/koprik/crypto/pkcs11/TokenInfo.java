package uz.koprik.crypto.pkcs11;

/**
 * What a token says of itself ({@code CK_TOKEN_INFO}).
 *
 * @param slot number of its slot, which may differ after the next start
 * @param label without the spaces at its end
 * @param serial serial number, without the spaces at its end
 */
record TokenInfo(long slot, String label, String serial, String model, long flags) {

    private static final long LOGIN_REQUIRED = 0x4;
    private static final long INITIALIZED = 0x400;
    private static final long PIN_COUNT_LOW = 0x10000;
    private static final long PIN_FINAL_TRY = 0x20000;
    private static final long PIN_LOCKED = 0x40000;

    boolean initialized() {
        return (flags & INITIALIZED) != 0;
    }

    boolean loginRequired() {
        return (flags & LOGIN_REQUIRED) != 0;
    }

    /** Whether a wrong PIN was entered since the last right one. */
    boolean pinCountLow() {
        return (flags & PIN_COUNT_LOW) != 0;
    }

    /** Whether one more wrong PIN locks the token. */
    boolean finalTry() {
        return (flags & PIN_FINAL_TRY) != 0;
    }

    boolean locked() {
        return (flags & PIN_LOCKED) != 0;
    }
}
