package uz.koprik.gateway.release;

import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.Selection;

/**
 * A {@link PageFilter} bound to what one recipient may see at one moment. {@link Release} alone makes them. Two are
 * equal when their pages are, as long as both are {@link #current}: recipients who may see the same share cached pages.
 */
public final class ReleasedSelection {

    private final Selection selection;

    ReleasedSelection(Selection selection) {
        this.selection = selection;
    }

    Selection selection() {
        return selection;
    }

    /** Whether selections that were equal to this one still are; see {@link Audience#current}. */
    public boolean current() {
        return selection.audience().current();
    }

    /** Equal for selections of the same audience that stay equal; see {@link Audience#rule}. */
    public Object rule() {
        return selection.audience().rule();
    }

    /** The released class codes, see {@link Audience#classes}. */
    public long classes() {
        return selection.audience().classes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReleasedSelection that && selection.equals(that.selection);
    }

    @Override
    public int hashCode() {
        return selection.hashCode();
    }
}
