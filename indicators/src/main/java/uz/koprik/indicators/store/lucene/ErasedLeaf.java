package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.util.Iterator;
import java.util.function.IntPredicate;
import org.apache.lucene.codecs.FieldsProducer;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.FilterCodecReader;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;

/** A part of an index in which some documents have no terms; a merge drops terms that no document has. */
final class ErasedLeaf extends FilterCodecReader {

    private final IntPredicate erased;

    ErasedLeaf(CodecReader in, IntPredicate erased) {
        super(in);
        this.erased = erased;
    }

    @Override
    public FieldsProducer getPostingsReader() {
        FieldsProducer all = in.getPostingsReader();
        return all == null ? null : new RemainingFields(all, erased);
    }

    @Override
    public CacheHelper getCoreCacheHelper() {
        return null; // another content than the core has
    }

    @Override
    public CacheHelper getReaderCacheHelper() {
        return null;
    }

    private static final class RemainingFields extends FieldsProducer {

        private final FieldsProducer in;
        private final IntPredicate erased;

        RemainingFields(FieldsProducer in, IntPredicate erased) {
            this.in = in;
            this.erased = erased;
        }

        @Override
        public Iterator<String> iterator() {
            return in.iterator();
        }

        @Override
        public Terms terms(String field) throws IOException {
            Terms all = in.terms(field);
            return all == null ? null : new RemainingTerms(all, erased);
        }

        @Override
        public int size() {
            return in.size();
        }

        @Override
        public void checkIntegrity() throws IOException {
            in.checkIntegrity();
        }

        @Override
        public FieldsProducer getMergeInstance() {
            return new RemainingFields(in.getMergeInstance(), erased);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private static final class RemainingTerms extends FilterLeafReader.FilterTerms {

        private final IntPredicate erased;

        RemainingTerms(Terms in, IntPredicate erased) {
            super(in);
            this.erased = erased;
        }

        @Override
        public TermsEnum iterator() throws IOException {
            return new FilterLeafReader.FilterTermsEnum(in.iterator()) {
                @Override
                public PostingsEnum postings(PostingsEnum reuse, int flags) throws IOException {
                    PostingsEnum free = reuse instanceof RemainingPostings before ? before.all() : null;
                    return new RemainingPostings(in.postings(free, flags), erased);
                }
            };
        }
    }

    private static final class RemainingPostings extends FilterLeafReader.FilterPostingsEnum {

        private final IntPredicate erased;

        RemainingPostings(PostingsEnum in, IntPredicate erased) {
            super(in);
            this.erased = erased;
        }

        PostingsEnum all() {
            return in;
        }

        @Override
        public int nextDoc() throws IOException {
            return remaining(in.nextDoc());
        }

        @Override
        public int advance(int target) throws IOException {
            return remaining(in.advance(target));
        }

        private int remaining(int from) throws IOException {
            int doc = from;
            while (doc != NO_MORE_DOCS && erased.test(doc)) {
                doc = in.nextDoc();
            }
            return doc;
        }
    }
}
