package uz.koprik.indicators.imports;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import uz.koprik.indicators.imports.layout.FileFault;

/** Unpacks gz, and stops when it unpacks to suspiciously much. */
public final class UnpackLimit extends FilterInputStream {

    private static final int BUFFER = 64 << 10;
    /** Output that every input may have: small files of blanks are no attack. */
    private static final long FREE = 1 << 20;

    private final CountingStream packed;
    private final int maxRatio;
    private long unpacked;

    private UnpackLimit(InputStream in, CountingStream packed, int maxRatio) {
        super(in);
        this.packed = packed;
        this.maxRatio = maxRatio;
    }

    /** {@code in} itself, buffered, unless it begins like gz (RFC 1952). */
    public static InputStream of(InputStream in, int maxRatio) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
        buffered.mark(2);
        int first = buffered.read();
        int second = buffered.read();
        buffered.reset();
        if (first != 0x1F || second != 0x8B) {
            return buffered;
        }
        CountingStream packed = new CountingStream(buffered);
        try {
            return new UnpackLimit(new GZIPInputStream(packed, BUFFER), packed, maxRatio);
        } catch (ZipException | EOFException e) {
            throw damaged(e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        int n;
        try {
            n = super.read(b, off, len);
        } catch (ZipException | EOFException e) {
            throw damaged(e);
        }
        if (n > 0) {
            unpacked += n;
            if (unpacked > FREE && unpacked / maxRatio > packed.count) {
                throw new SuspiciousArchive(FileFault.GZ_UNPACKS_TO_MORE.of(maxRatio));
            }
        }
        return n;
    }

    private static SuspiciousArchive damaged(IOException e) {
        return new SuspiciousArchive(FileFault.DAMAGED_GZ.of(), e);
    }

    private static final class CountingStream extends FilterInputStream {
        private long count;

        CountingStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = super.read(b, off, len);
            count += Math.max(n, 0);
            return n;
        }
    }
}
