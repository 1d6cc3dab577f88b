package uz.koprik.gateway.taxii;

import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.http.Problem;

/** The collections of a centre, and who may do what with them. */
public final class CollectionList {

    /** Alias of the collection of everything released to the reader. */
    public static final String EXCHANGE = "exchange";

    /** Alias of the collection into which partners push. */
    public static final String INBOX = "inbox";

    /** Namespace of the ids, which are UUIDs version 5 over "centre/alias". */
    private static final UUID NAMESPACE = UUID.fromString("6c0d6a4e-5a43-5a8c-9a1e-64a1f8b21d05");

    private final List<CollectionView> all = new ArrayList<>();
    private final Map<String, CollectionView> byName = new LinkedHashMap<>();

    public CollectionList(Config config) {
        String centre = config.name();
        add(new CollectionView(
                id(centre, EXCHANGE),
                EXCHANGE,
                "Exchange",
                "Everything the centre releases to the reader",
                Set.of(),
                true,
                true));
        add(new CollectionView(
                id(centre, INBOX),
                INBOX,
                "Inbox",
                "Objects for the centre; partners push here",
                Set.of(),
                false,
                true));
        for (Config.Collection view : config.taxii().collections()) {
            add(new CollectionView(
                    id(centre, view.alias()),
                    view.alias(),
                    view.title(),
                    "Released objects of the types " + String.join(", ", view.types()),
                    Set.copyOf(view.types()),
                    true,
                    false));
        }
    }

    /** The id of a collection of a centre: the same for everybody, now and later. */
    public static String id(String centre, String alias) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .array());
            ByteBuffer hash = ByteBuffer.wrap(sha1.digest((centre + "/" + alias).getBytes(StandardCharsets.UTF_8)));
            long high = (hash.getLong() & 0xffffffffffff0fffL) | 0x5000L;
            long low = (hash.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
            return new UUID(high, low).toString();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }

    private void add(CollectionView view) {
        if (byName.putIfAbsent(view.alias(), view) != null) {
            throw new IllegalArgumentException("there are two collections with the alias " + view.alias());
        }
        byName.put(view.id(), view);
        all.add(view);
    }

    List<CollectionView> all() {
        return all;
    }

    static boolean mayRead(Caller caller, CollectionView view) {
        return view.readable() && caller.may(Right.READ);
    }

    static boolean mayWrite(Caller caller, CollectionView view) {
        return view.writable() && caller.may(Right.WRITE);
    }

    /**
     * The collection that the path names by id or alias.
     *
     * @throws Problem 404 when there is none, or the caller may neither read nor write it; 403 when the right in
     *     question is missing
     */
    CollectionView require(RoutingContext request, boolean read, boolean write) {
        CollectionView view = byName.get(request.pathParam("collection"));
        Caller caller = Callers.of(request);
        if (view == null || !(mayRead(caller, view) || mayWrite(caller, view))) {
            throw new Problem(
                    404,
                    "Not found",
                    "there is no such collection, or it is not for " + caller.name()
                            + "; the list of collections names those that are");
        }
        if (read && !mayRead(caller, view)) {
            throw new Problem(403, "Not allowed", caller.name() + " may not read from the collection " + view.alias());
        }
        if (write && !mayWrite(caller, view)) {
            throw new Problem(403, "Not allowed", caller.name() + " may not write to the collection " + view.alias());
        }
        return view;
    }
}
