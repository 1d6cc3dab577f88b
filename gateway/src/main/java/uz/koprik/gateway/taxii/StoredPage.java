package uz.koprik.gateway.taxii;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Page;

/**
 * An envelope (TAXII 2.1, section 3.7) ready to be sent: the stored bytes between commas, in native memory that TLS
 * encrypts from without another copy. Counted: each holder calls {@link #release()} once.
 */
final class StoredPage {

    private static final byte[] PREFIX_LAST = "{\"more\":false,\"objects\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY = "{\"more\":false}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SUFFIX = "]}".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuf bytes;
    private final String addedFirst;
    private final String addedLast;
    private final AtomicInteger holders = new AtomicInteger(1);

    private StoredPage(ByteBuf bytes, String addedFirst, String addedLast) {
        this.bytes = bytes;
        this.addedFirst = addedFirst;
        this.addedLast = addedLast;
    }

    /** Copies the objects of {@code page}, each once. */
    static StoredPage of(Page page, Cursor cursor) {
        List<Entry> entries = page.entries();
        byte[] prefix = page.more()
                ? ("{\"more\":true,\"next\":\"" + cursor.write(page.nextAfter()) + "\",\"objects\":[")
                        .getBytes(StandardCharsets.US_ASCII)
                : PREFIX_LAST;
        if (entries.isEmpty()) {
            return new StoredPage(
                    PooledByteBufAllocator.DEFAULT.directBuffer(EMPTY.length).writeBytes(EMPTY), "", "");
        }
        ByteBuffer[] objects = new ByteBuffer[entries.size()];
        int size = prefix.length + objects.length - 1 + SUFFIX.length;
        for (int i = 0; i < objects.length; i++) {
            objects[i] = entries.get(i).object();
            size = Math.addExact(size, objects[i].remaining());
        }
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer(size, size);
        bytes.writeBytes(prefix);
        for (int i = 0; i < objects.length; i++) {
            if (i > 0) {
                bytes.writeByte(',');
            }
            bytes.writeBytes(objects[i]);
        }
        bytes.writeBytes(SUFFIX);
        return new StoredPage(
                bytes,
                Timestamps.added(entries.getFirst().added()),
                Timestamps.added(entries.getLast().added()));
    }

    ByteBuf bytes() {
        return bytes;
    }

    int size() {
        return bytes.readableBytes();
    }

    boolean isEmpty() {
        return addedFirst.isEmpty();
    }

    /** When the first object was added. */
    String addedFirst() {
        return addedFirst;
    }

    /** When the last object was added. */
    String addedLast() {
        return addedLast;
    }

    /**
     * Holds it once more; false when it has been released already. The count is our own, because the pool uses the
     * object of a released buffer for the next one, and its count would answer then.
     */
    boolean retain() {
        return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    void release() {
        if (holders.decrementAndGet() == 0) {
            bytes.release();
        }
    }
}
