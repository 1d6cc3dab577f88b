package uz.koprik.gateway.api.common;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import uz.koprik.indicators.observable.forms.ValueRemark;
import uz.koprik.indicators.observable.text.RecognisedValue;

/**
 * A remark on a value for programs; the schema {@code ValueRemark}. The sentence stands beside it.
 *
 * @param code a stable word
 * @param coins all coins that write addresses so, by their symbols; null where the remark names none
 * @param cards about how many cards it may be; null for many, and for remarks on other things
 */
public record RemarkView(String code, List<String> coins, Long cards) {

    /** The remarks as an answer has them; null for none. */
    public static List<RemarkView> of(List<ValueRemark> remarks) {
        return remarks.isEmpty() ? null : remarks.stream().map(RemarkView::of).toList();
    }

    /** All that is to be said of a value that was read; null for nothing. */
    static List<RemarkView> of(RecognisedValue read) {
        List<RemarkView> all = Stream.concat(
                        read.remarks().stream()
                                .map(remark -> new RemarkView(remark.name().toLowerCase(Locale.ROOT), null, null)),
                        read.observable().remarks().stream().map(RemarkView::of))
                .toList();
        return all.isEmpty() ? null : all;
    }

    private static RemarkView of(ValueRemark remark) {
        return new RemarkView(
                remark.code().word(),
                remark.coins().isEmpty() ? null : remark.coins(),
                remark.cards().isPresent() ? remark.cards().getAsLong() : null);
    }
}
