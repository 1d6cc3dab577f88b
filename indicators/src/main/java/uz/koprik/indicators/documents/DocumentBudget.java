package uz.koprik.indicators.documents;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What is left of the {@link DocumentLimits} while one document is read. */
final class DocumentBudget {

    private final DocumentLimits limits;
    private final long begun = System.nanoTime();
    private long characters;
    private long unpacked;
    private int parts;

    DocumentBudget(DocumentLimits limits) {
        this.limits = limits;
    }

    DocumentLimits limits() {
        return limits;
    }

    void characters(long more) throws DocumentRefused {
        characters += more;
        if (characters > limits.characters()) {
            throw new DocumentRefused(DocumentFault.MANY_CHARACTERS.of(limits.characters()));
        }
        time();
    }

    long characters() {
        return characters;
    }

    void unpacked(long more) throws DocumentRefused {
        unpacked += more;
        if (unpacked > limits.unpacked()) {
            throw new DocumentRefused(DocumentFault.DOCUMENT_UNPACKS_TO_MORE.of(limits.unpacked()));
        }
    }

    void part() throws DocumentRefused {
        if (++parts > limits.parts()) {
            throw new DocumentRefused(DocumentFault.MANY_PARTS_INSIDE.of(limits.parts()));
        }
        time();
    }

    void time() throws DocumentRefused {
        if (isLate()) {
            throw new DocumentRefused(
                    DocumentFault.SLOW_DOCUMENT.of(limits.time().toSeconds()));
        }
    }

    boolean isLate() {
        return System.nanoTime() - begun > limits.time().toNanos();
    }

    /** A stream of unpacked bytes that are counted; exceeding a limit ends it with a {@link TooMuch}. */
    InputStream counted(InputStream in) {
        return new CountedStream(in);
    }

    /** A {@link DocumentRefused} on its way through a library that knows only I/O errors. */
    static final class TooMuch extends IOException {

        private static final long serialVersionUID = 1L;

        private final transient DocumentRefused why;

        TooMuch(DocumentRefused why) {
            super(why.getMessage(), why);
            this.why = why;
        }

        DocumentRefused why() {
            return why;
        }
    }

    private final class CountedStream extends FilterInputStream {

        CountedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = super.read(b, off, len);
            count(Math.max(n, 0));
            return n;
        }

        private void count(int n) throws TooMuch {
            try {
                unpacked(n);
                time();
            } catch (DocumentRefused e) {
                throw new TooMuch(e);
            }
        }
    }
}
