package uz.koprik.indicators.translate.export;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be exported to. To add a format, add a constant and its writer. */
public enum ExportFormat {
    CSV("csv", "text/csv; charset=utf-8; header=present"),
    XLSX("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    SURICATA("suricata", "text/plain; charset=utf-8"),
    BLOCKLIST("blocklist", "text/plain; charset=utf-8"),
    HOSTS("hosts", "text/plain; charset=utf-8"),
    RPZ("rpz", "text/plain; charset=utf-8"),
    MISP("misp", "application/json"),
    STIX("stix", "application/stix+json;version=2.1");

    private final String code;
    private final String mediaType;

    ExportFormat(String code, String mediaType) {
        this.code = code;
        this.mediaType = mediaType;
    }

    /** Name in interfaces. */
    public String code() {
        return code;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Whether machines block what is in it; such a format never has protected values. */
    public boolean blocks() {
        return switch (this) {
            case SURICATA, BLOCKLIST, HOSTS, RPZ -> true;
            case CSV, XLSX, MISP, STIX -> false;
        };
    }

    /** The format of that {@link #code}. */
    public static Optional<ExportFormat> ofCode(String code) {
        return Arrays.stream(values())
                .filter(format -> format.code.equals(code))
                .findFirst();
    }

    /** All codes, for messages. */
    public static String codes() {
        return Arrays.stream(values()).map(ExportFormat::code).collect(Collectors.joining(", "));
    }

    /** Whether it is text, which a terminal can show. */
    public boolean isText() {
        return this != XLSX;
    }

    /** Why a format that machines block by has nothing that is not in force; for messages. */
    public String inForceOnly() {
        return "the format " + code
                + " blocks what is in it, so it never has what is revoked, expired or not valid yet; csv, xlsx, misp and stix can";
    }

    /**
     * A writer to {@code out}, which it flushes and does not close.
     *
     * @throws IllegalArgumentException when the format {@link #blocks}, and the options want what is not in force or is
     *     never blocked
     */
    public ExportWriter writer(OutputStream out, ExportOptions options) {
        if (blocks() && (options.everything() || options.anyway())) {
            throw new IllegalArgumentException(code + " is a format that machines block by");
        }
        OutputLines lines = new OutputLines(out);
        return switch (this) {
            case CSV -> new TableWriter(new CsvRows(lines), options);
            case XLSX -> new TableWriter(new XlsxRows(new BufferedOutputStream(out, 32 << 10)), options);
            case SURICATA -> new SuricataWriter(lines, options);
            case BLOCKLIST, HOSTS, RPZ -> new ListWriter(lines, options, this);
            case MISP -> new MispWriter(lines, options);
            case STIX -> new StixBundleWriter(lines, options);
        };
    }
}
