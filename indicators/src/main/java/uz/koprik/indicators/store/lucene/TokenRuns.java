package uz.koprik.indicators.store.lucene;

import java.util.Iterator;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** Runs of words that are divided already, with a gap between two runs that no phrase reaches over. */
final class TokenRuns extends TokenStream {

    private static final int GAP = 100;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);
    private final List<List<String>> all;
    private Iterator<List<String>> runs;
    private Iterator<String> run;

    TokenRuns(List<List<String>> all) {
        this.all = all;
        reset();
    }

    @Override
    public void reset() {
        runs = all.iterator();
        run = List.<String>of().iterator();
    }

    @Override
    public boolean incrementToken() {
        clearAttributes();
        boolean first = !run.hasNext();
        while (!run.hasNext()) {
            if (!runs.hasNext()) {
                return false;
            }
            run = runs.next().iterator();
        }
        term.append(run.next());
        step.setPositionIncrement(first ? 1 + GAP : 1);
        return true;
    }
}
