package uz.koprik.gateway.release;

import uz.koprik.indicators.store.Selection;

/**
 * A {@link PageFilter} bound to what one recipient may see at one moment. {@link Release} alone makes them. Two are
 * equal exactly when their pages are: recipients who may see the same share cached pages.
 */
public final class ReleasedSelection {

    private final Selection selection;

    ReleasedSelection(Selection selection) {
        this.selection = selection;
    }

    Selection selection() {
        return selection;
    }

    /** The released class codes, see {@link uz.koprik.indicators.policy.Audience#codes()}. */
    public long codes() {
        return selection.audience().codes();
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
