package uz.koprik.gateway.api.transfer;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.translate.export.ExportCounts;
import uz.koprik.indicators.translate.export.ExportFormat;
import uz.koprik.indicators.translate.export.ExportOptions;

/**
 * What an export wrote and left out; the schema {@code ExportSummary}.
 *
 * @param tlp the strictest marking of what went in
 * @param tlpAssumed whether nobody named it
 * @param objects how many objects of the wanted types were looked at
 * @param entries how many lines, rules, rows, attributes or objects were written
 * @param leftOut how many were left out, by reason
 * @param anyway whether values that are never blocked went in as well
 */
public record ExportSummary(
        String format,
        String tlp,
        boolean tlpAssumed,
        long objects,
        long entries,
        Map<String, Long> leftOut,
        boolean anyway) {

    /** The trailer field that carries it. */
    public static final String TRAILER = "Koprik-Export";

    /** Of one export, when it is whole. */
    public static ExportSummary of(ExportFormat format, Tlp limit, ExportOptions options) {
        Map<String, Long> leftOut = new LinkedHashMap<>();
        ExportCounts counts = options.counts();
        counts.leftOut().forEach(one -> leftOut.put(one.code(), one.count()));
        return new ExportSummary(
                format.code(),
                limit.label().substring(4).toLowerCase(java.util.Locale.ROOT),
                options.assumedLimit().isPresent(),
                counts.objects(),
                counts.entries(),
                leftOut,
                options.anyway());
    }

    /** On one line, as JSON. */
    public String line() {
        return new String(ApiJson.bytes(this), StandardCharsets.UTF_8);
    }
}
