package uz.koprik.indicators.documents;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A compound file ([MS-CFB]), as Outlook saves mails in: storages, which are folders, and streams, which are files.
 * Read only; chains and trees of a damaged file are followed no further than an intact file could have them.
 */
final class OleFile implements Closeable {

    private static final long SIGNATURE = 0xE11AB1A1E011CFD0L;
    private static final int HEADER = 512;
    private static final int ENTRY = 128;
    private static final int STORAGE = 1;
    private static final int STREAM = 2;
    private static final int ROOT = 5;
    private static final int IN_HEADER = 109;
    private static final int MOST_ENTRIES = 100_000;

    private final FileChannel file;
    private final int sectorSize;
    private final int miniSize;
    private final long miniCutoff;
    private final int[] fat;
    private final int[] miniFat;
    private final List<Entry> entries;

    /** A row of the directory (section 2.6.1). */
    private record Entry(String name, int type, int left, int right, int child, int start, long size) {}

    /** A folder with what is in it, by name. */
    record Storage(String name, Map<String, Storage> storages, Map<String, Content> streams) {

        Optional<Content> stream(String itsName) {
            return Optional.ofNullable(streams.get(itsName));
        }
    }

    /** The bytes of a stream. */
    final class Content {

        private final Entry entry;

        private Content(Entry entry) {
            this.entry = entry;
        }

        long size() {
            return entry.size();
        }

        InputStream open() throws IOException {
            boolean mini = entry.size() < miniCutoff;
            return mini
                    ? new Chain(miniFat, entry.start(), entry.size(), miniSize)
                    : new Chain(fat, entry.start(), entry.size(), sectorSize);
        }
    }

    private OleFile(FileChannel file) throws IOException {
        this.file = file;
        ByteBuffer header = at(0, HEADER);
        int shift = header.getShort(30);
        int miniShift = header.getShort(32);
        if (header.getLong(0) != SIGNATURE || (shift != 9 && shift != 12) || miniShift != 6) {
            throw damaged("header");
        }
        this.sectorSize = 1 << shift;
        this.miniSize = 1 << miniShift;
        this.miniCutoff = header.getInt(56) & 0xFFFFFFFFL;
        this.fat = fat(header);
        this.miniFat = ints(header.getInt(60));
        this.entries = directory(header.getInt(48));
    }

    static boolean isOle(byte[] head) {
        return head.length >= 8
                && ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong(0) == SIGNATURE;
    }

    /** @throws IOException also when the file is damaged */
    static OleFile open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path);
        try {
            return new OleFile(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** The folder that holds everything. */
    Storage root() throws IOException {
        return storage(0, new HashSet<>());
    }

    private Storage storage(int index, Set<Integer> seen) throws IOException {
        Entry own = entries.get(index);
        Map<String, Storage> storages = new TreeMap<>();
        Map<String, Content> streams = new HashMap<>();
        Deque<Integer> open = new ArrayDeque<>();
        push(open, own.child());
        while (!open.isEmpty()) {
            int next = open.pop();
            if (!seen.add(next)) {
                throw damaged("directory");
            }
            Entry entry = entries.get(next);
            push(open, entry.left());
            push(open, entry.right());
            if (entry.type() == STORAGE) {
                storages.put(entry.name(), storage(next, seen));
            } else if (entry.type() == STREAM) {
                streams.put(entry.name(), new Content(entry));
            }
        }
        return new Storage(own.name(), storages, streams);
    }

    private void push(Deque<Integer> open, int index) {
        if (index > 0 && index < entries.size()) {
            open.push(index);
        }
    }

    private ByteBuffer at(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            int n = file.read(bytes, position + bytes.position());
            if (n < 0) {
                break; // the last sector may be short
            }
        }
        if (bytes.position() == 0) {
            throw damaged("sector");
        }
        return bytes.clear();
    }

    private ByteBuffer sector(int number) throws IOException {
        if (number < 0) {
            throw damaged("chain");
        }
        return at((number + 1L) * sectorSize, sectorSize);
    }

    /** Which sector follows which (sections 2.3 and 2.5). */
    private int[] fat(ByteBuffer header) throws IOException {
        long most = file.size() / sectorSize / (sectorSize / 4) + 2;
        List<Integer> sectors = new ArrayList<>();
        for (int i = 0; i < IN_HEADER; i++) {
            add(sectors, header.getInt(76 + 4 * i));
        }
        int next = header.getInt(68);
        for (int i = 0; next >= 0; i++) {
            if (i > most) {
                throw damaged("table of sectors");
            }
            ByteBuffer more = sector(next);
            for (int k = 0; k < sectorSize / 4 - 1; k++) {
                add(sectors, more.getInt(4 * k));
            }
            next = more.getInt(sectorSize - 4);
        }
        if (sectors.size() > most) {
            throw damaged("table of sectors");
        }
        int[] all = new int[sectors.size() * (sectorSize / 4)];
        int at = 0;
        for (int number : sectors) {
            ByteBuffer part = sector(number);
            for (int k = 0; k < sectorSize / 4; k++) {
                all[at++] = part.getInt(4 * k);
            }
        }
        return all;
    }

    private static void add(List<Integer> sectors, int number) {
        if (number >= 0) {
            sectors.add(number);
        }
    }

    private int[] ints(int start) throws IOException {
        List<Integer> chain = chain(start);
        int[] all = new int[chain.size() * (sectorSize / 4)];
        int at = 0;
        for (int number : chain) {
            ByteBuffer part = sector(number);
            for (int k = 0; k < sectorSize / 4; k++) {
                all[at++] = part.getInt(4 * k);
            }
        }
        return all;
    }

    private List<Integer> chain(int start) throws IOException {
        List<Integer> chain = new ArrayList<>();
        for (int number = start; number >= 0; number = number < fat.length ? fat[number] : -1) {
            if (chain.size() > fat.length) {
                throw damaged("chain");
            }
            chain.add(number);
        }
        return chain;
    }

    private List<Entry> directory(int start) throws IOException {
        List<Entry> all = new ArrayList<>();
        for (int number : chain(start)) {
            ByteBuffer part = sector(number);
            for (int at = 0; at + ENTRY <= sectorSize; at += ENTRY) {
                all.add(entry(part, at));
            }
            if (all.size() > MOST_ENTRIES) {
                throw damaged("directory");
            }
        }
        if (all.isEmpty() || all.getFirst().type() != ROOT) {
            throw damaged("directory");
        }
        return all;
    }

    private Entry entry(ByteBuffer part, int at) {
        int length = Math.clamp(part.getShort(at + 64) - 2, 0, 62);
        byte[] name = new byte[length];
        part.get(at, name);
        long size = sectorSize == 512 ? part.getInt(at + 120) & 0xFFFFFFFFL : part.getLong(at + 120);
        return new Entry(
                new String(name, StandardCharsets.UTF_16LE),
                part.get(at + 66),
                part.getInt(at + 68),
                part.getInt(at + 72),
                part.getInt(at + 76),
                part.getInt(at + 116),
                size);
    }

    private static IOException damaged(String what) {
        return new IOException("the " + what + " of the compound file is damaged");
    }

    /** The bytes of a chain of sectors, or of small ones inside the stream of the root (section 2.4). */
    private final class Chain extends InputStream {

        private final int[] table;
        private final int size;
        private final List<Integer> miniHome;
        private long left;
        private int next;
        private int steps;
        private ByteBuffer current = ByteBuffer.allocate(0);

        Chain(int[] table, int start, long length, int size) throws IOException {
            if (length < 0 || length > file.size()) {
                throw damaged("size of a stream");
            }
            this.table = table;
            this.size = size;
            this.left = length;
            this.next = start;
            this.miniHome = size == miniSize ? chain(entries.getFirst().start()) : List.of();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            if (!current.hasRemaining()) {
                current = load();
            }
            int some = (int) Math.min(Math.min(length, current.remaining()), left);
            current.get(into, from, some);
            left -= some;
            return some;
        }

        private ByteBuffer load() throws IOException {
            if (next < 0 || next >= table.length || steps++ > table.length) {
                throw damaged("chain");
            }
            int number = next;
            next = table[number];
            if (miniHome.isEmpty()) {
                return sector(number);
            }
            long position = (long) number * size;
            int home = (int) (position / sectorSize);
            if (home >= miniHome.size()) {
                throw damaged("chain");
            }
            return at((miniHome.get(home) + 1L) * sectorSize + position % sectorSize, size);
        }
    }
}
