package uz.koprik.crypto.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import uz.koprik.crypto.algorithm.SigningUnavailable;

/**
 * A PKCS#11 module of this process (OASIS PKCS #11 2.40, section 5), by the foreign function interface of Java.
 * {@code docs/adr/0014-pkcs11.md} says why not by the provider of the JDK. One per module and process, since the module
 * counts its users so. Safe for use by many threads at once; a session is for one at a time.
 *
 * <p>{@code CK_ULONG} has 64 bits here, as on every 64-bit Linux.
 */
final class Cryptoki {

    /** Positions in {@code CK_FUNCTION_LIST}. */
    private static final int INITIALIZE = 0;

    private static final int FINALIZE = 1;
    private static final int GET_SLOT_LIST = 4;
    private static final int GET_TOKEN_INFO = 6;
    private static final int OPEN_SESSION = 12;
    private static final int CLOSE_SESSION = 13;
    private static final int LOGIN = 18;
    private static final int GET_ATTRIBUTE_VALUE = 24;
    private static final int FIND_OBJECTS_INIT = 26;
    private static final int FIND_OBJECTS = 27;
    private static final int FIND_OBJECTS_FINAL = 28;
    private static final int SIGN_INIT = 42;
    private static final int SIGN = 43;
    private static final int GENERATE_KEY_PAIR = 59;
    private static final int FUNCTIONS = 68;

    private static final byte TRUE = 1;
    private static final long OS_LOCKING_OK = 2;
    private static final long SERIAL_SESSION = 4;
    private static final long RW_SESSION = 2;
    private static final long USER = 1;
    private static final long EC_KEY_PAIR_GEN = 0x1040;
    private static final long ECDSA = 0x1041;

    private static final long TOKEN_INFO_BYTES = 208;
    private static final int MOST_SLOTS = 256;
    private static final int MOST_OBJECTS = 256;
    private static final int MOST_VALUE_BYTES = 1024;
    private static final int MOST_SIGNATURE_BYTES = 1024;

    private static final Map<Path, Cryptoki> LOADED = new HashMap<>();

    private final MemorySegment functions;
    private final Map<Integer, MethodHandle> handles = new HashMap<>();
    /** Calls read; {@link #restart} writes, since no call may run meanwhile. */
    private final ReadWriteLock running = new ReentrantReadWriteLock();

    @SuppressWarnings("restricted")
    private Cryptoki(MemorySegment functions) {
        this.functions = functions.reinterpret(8 + FUNCTIONS * 8L);
        handle(INITIALIZE, ADDRESS);
        handle(FINALIZE, ADDRESS);
        handle(GET_SLOT_LIST, JAVA_BYTE, ADDRESS, ADDRESS);
        handle(GET_TOKEN_INFO, JAVA_LONG, ADDRESS);
        handle(OPEN_SESSION, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
        handle(CLOSE_SESSION, JAVA_LONG);
        handle(LOGIN, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
        handle(GET_ATTRIBUTE_VALUE, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
        handle(FIND_OBJECTS_INIT, JAVA_LONG, ADDRESS, JAVA_LONG);
        handle(FIND_OBJECTS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
        handle(FIND_OBJECTS_FINAL, JAVA_LONG);
        handle(SIGN_INIT, JAVA_LONG, ADDRESS, JAVA_LONG);
        handle(SIGN, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
        handle(GENERATE_KEY_PAIR, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    }

    @SuppressWarnings("restricted")
    private void handle(int function, MemoryLayout... parameters) {
        MethodHandle exact = Linker.nativeLinker()
                .downcallHandle(
                        functions.get(ADDRESS, 8 + function * 8L), FunctionDescriptor.of(JAVA_LONG, parameters));
        handles.put(function, exact.asType(exact.type().generic()).asSpreader(Object[].class, parameters.length));
    }

    /**
     * The module of that file, loaded and initialised.
     *
     * @param module a shared library
     * @throws SigningUnavailable when there is none, or it is no PKCS#11 module
     */
    static Cryptoki of(Path module) {
        synchronized (LOADED) {
            Cryptoki loaded = LOADED.get(module);
            if (loaded == null) {
                loaded = load(module);
                LOADED.put(module, loaded);
            }
            return loaded;
        }
    }

    @SuppressWarnings("restricted")
    private static Cryptoki load(Path module) {
        if (!Files.exists(module)) {
            throw new SigningUnavailable("there is no PKCS#11 module " + module
                    + ": install the package of the token's vendor, or correct signing.pkcs11.module in koprik.yaml");
        }
        SymbolLookup library;
        try {
            library = SymbolLookup.libraryLookup(module, Arena.global());
        } catch (IllegalArgumentException unloadable) {
            throw new SigningUnavailable(
                    "the PKCS#11 module " + module + " cannot be loaded: it must be a shared library for this machine"
                            + " whose own libraries are installed (`ldd " + module + "` shows them)",
                    unloadable);
        }
        MemorySegment entry = library.find("C_GetFunctionList")
                .orElseThrow(() -> new SigningUnavailable(
                        module + " is no PKCS#11 module: correct signing.pkcs11.module in koprik.yaml"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment list = arena.allocate(ADDRESS);
            MethodHandle getFunctionList =
                    Linker.nativeLinker().downcallHandle(entry, FunctionDescriptor.of(JAVA_LONG, ADDRESS));
            check("C_GetFunctionList", (long) getFunctionList.invokeExact(list));
            Cryptoki cryptoki = new Cryptoki(list.get(ADDRESS, 0));
            cryptoki.initialize(arena);
            return cryptoki;
        } catch (TokenFault fault) {
            throw new SigningUnavailable(
                    "the PKCS#11 module " + module + " does not start: " + fault.getMessage()
                            + "; look into the settings of the module, such as its configuration file and its folders",
                    fault);
        } catch (Throwable impossible) {
            throw new IllegalStateException("a call of " + module + " does not fit its type", impossible);
        }
    }

    private void initialize(Arena arena) throws TokenFault {
        MemorySegment arguments = arena.allocate(48, 8);
        arguments.set(JAVA_LONG, 32, OS_LOCKING_OK);
        try {
            call("C_Initialize", INITIALIZE, arguments);
        } catch (TokenFault fault) {
            if (fault.code() != TokenFault.ALREADY_INITIALIZED) {
                throw fault;
            }
        }
    }

    /**
     * Ends the module and starts it again, so that it looks for tokens anew; some look only then. All sessions are
     * lost, also those of others in this process, who open new ones.
     */
    void restart() throws TokenFault {
        running.writeLock().lock();
        try (Arena arena = Arena.ofConfined()) {
            try {
                call("C_Finalize", FINALIZE, MemorySegment.NULL);
            } finally {
                initialize(arena);
            }
        } finally {
            running.writeLock().unlock();
        }
    }

    /** All tokens that are there and initialised. */
    List<TokenInfo> tokens() throws TokenFault {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_LONG);
            // Without an array first: modules look for new slots only then.
            call("C_GetSlotList", GET_SLOT_LIST, TRUE, MemorySegment.NULL, count);
            MemorySegment slots = arena.allocate(JAVA_LONG, MOST_SLOTS);
            count.set(JAVA_LONG, 0, MOST_SLOTS);
            call("C_GetSlotList", GET_SLOT_LIST, TRUE, slots, count);
            List<TokenInfo> tokens = new ArrayList<>();
            for (long i = 0; i < count.get(JAVA_LONG, 0); i++) {
                token(slots.getAtIndex(JAVA_LONG, i))
                        .filter(TokenInfo::initialized)
                        .ifPresent(tokens::add);
            }
            return tokens;
        }
    }

    /** Empty when it left its slot, or is no token that this module knows. */
    private Optional<TokenInfo> token(long slot) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(TOKEN_INFO_BYTES, 8);
            call("C_GetTokenInfo", GET_TOKEN_INFO, slot, info);
            return Optional.of(new TokenInfo(
                    slot, text(info, 0, 32), text(info, 80, 16), text(info, 64, 16), info.get(JAVA_LONG, 96)));
        } catch (TokenFault gone) {
            return Optional.empty();
        }
    }

    /** Padded by spaces; by zeros in some modules. */
    private static String text(MemorySegment info, long at, int length) {
        byte[] bytes = info.asSlice(at, length).toArray(JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ').strip();
    }

    /** @param writing whether objects are made in it */
    long openSession(long slot, boolean writing) throws TokenFault {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment session = arena.allocate(JAVA_LONG);
            call(
                    "C_OpenSession",
                    OPEN_SESSION,
                    slot,
                    SERIAL_SESSION | (writing ? RW_SESSION : 0),
                    MemorySegment.NULL,
                    MemorySegment.NULL,
                    session);
            return session.get(JAVA_LONG, 0);
        }
    }

    void closeSession(long session) throws TokenFault {
        call("C_CloseSession", CLOSE_SESSION, session);
    }

    /** @param pin UTF-8; the copy for the module is wiped, the array is the caller's */
    void login(long session, byte[] pin) throws TokenFault {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(1, pin.length));
            MemorySegment.copy(pin, 0, bytes, JAVA_BYTE, 0, pin.length);
            try {
                call("C_Login", LOGIN, session, USER, bytes, (long) pin.length);
            } finally {
                bytes.fill((byte) 0);
            }
        }
    }

    /** Handles of the objects with these attributes, at most 256. */
    List<Long> find(long session, TokenTemplate wanted) throws TokenFault {
        try (Arena arena = Arena.ofConfined()) {
            call("C_FindObjectsInit", FIND_OBJECTS_INIT, session, wanted.in(arena), (long) wanted.size());
            List<Long> found = new ArrayList<>();
            try {
                MemorySegment objects = arena.allocate(JAVA_LONG, MOST_OBJECTS);
                MemorySegment count = arena.allocate(JAVA_LONG);
                do {
                    call("C_FindObjects", FIND_OBJECTS, session, objects, (long) MOST_OBJECTS, count);
                    for (long i = 0; i < count.get(JAVA_LONG, 0) && found.size() < MOST_OBJECTS; i++) {
                        found.add(objects.getAtIndex(JAVA_LONG, i));
                    }
                } while (count.get(JAVA_LONG, 0) > 0 && found.size() < MOST_OBJECTS);
            } finally {
                call("C_FindObjectsFinal", FIND_OBJECTS_FINAL, session);
            }
            return found;
        }
    }

    /** Value of an attribute; empty when the object has none, or does not show it. */
    Optional<byte[]> value(long session, long object, long type) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = arena.allocate(TokenTemplate.ATTRIBUTE, 8);
            MemorySegment value = arena.allocate(MOST_VALUE_BYTES, 8);
            attribute.set(JAVA_LONG, 0, type);
            attribute.set(ADDRESS, 8, value);
            attribute.set(JAVA_LONG, 16, MOST_VALUE_BYTES);
            call("C_GetAttributeValue", GET_ATTRIBUTE_VALUE, session, object, attribute, 1L);
            long length = attribute.get(JAVA_LONG, 16);
            return length < 0 || length > MOST_VALUE_BYTES
                    ? Optional.empty()
                    : Optional.of(value.asSlice(0, length).toArray(JAVA_BYTE));
        } catch (TokenFault none) {
            return Optional.empty();
        }
    }

    /**
     * Makes a key pair of the curve that the template of the public key names.
     *
     * @return handle of the public key
     */
    long generateEcKeyPair(long session, TokenTemplate publicKey, TokenTemplate privateKey) throws TokenFault {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment made = arena.allocate(JAVA_LONG);
            call(
                    "C_GenerateKeyPair",
                    GENERATE_KEY_PAIR,
                    session,
                    mechanism(EC_KEY_PAIR_GEN, arena),
                    publicKey.in(arena),
                    (long) publicKey.size(),
                    privateKey.in(arena),
                    (long) privateKey.size(),
                    made,
                    arena.allocate(JAVA_LONG));
            return made.get(JAVA_LONG, 0);
        }
    }

    /** ECDSA over a hash; the signature is r ‖ s (PKCS #11, section 2.3.1). */
    byte[] sign(long session, long key, byte[] hash) throws TokenFault {
        try (Arena arena = Arena.ofConfined()) {
            call("C_SignInit", SIGN_INIT, session, mechanism(ECDSA, arena), key);
            MemorySegment data = arena.allocate(hash.length);
            MemorySegment.copy(hash, 0, data, JAVA_BYTE, 0, hash.length);
            MemorySegment signature = arena.allocate(MOST_SIGNATURE_BYTES);
            MemorySegment length = arena.allocate(JAVA_LONG);
            length.set(JAVA_LONG, 0, MOST_SIGNATURE_BYTES);
            call("C_Sign", SIGN, session, data, (long) hash.length, signature, length);
            return signature.asSlice(0, length.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
        }
    }

    private static MemorySegment mechanism(long type, Arena arena) {
        MemorySegment mechanism = arena.allocate(24, 8);
        mechanism.set(JAVA_LONG, 0, type);
        return mechanism;
    }

    private void call(String name, int function, Object... arguments) throws TokenFault {
        running.readLock().lock();
        try {
            check(name, (Long) (Object) handles.get(function).invokeExact(arguments));
        } catch (TokenFault fault) {
            throw fault;
        } catch (Throwable impossible) {
            throw new IllegalStateException("the call of " + name + " does not fit its type", impossible);
        } finally {
            running.readLock().unlock();
        }
    }

    private static void check(String function, long code) throws TokenFault {
        if (code != 0) {
            throw new TokenFault(function, code);
        }
    }
}
