package uz.koprik.gateway.cli.search;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.api.transfer.ExportSummary;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.FileFailures;
import uz.koprik.gateway.clock.ProcessClock;
import uz.koprik.indicators.imports.ImportFormat;
import uz.koprik.indicators.imports.ImportItem;
import uz.koprik.indicators.imports.ImportOptions;
import uz.koprik.indicators.imports.ImportReader;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.MarkingDefinitions;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.translate.Untranslatable;
import uz.koprik.indicators.translate.export.ExportCounts;
import uz.koprik.indicators.translate.export.ExportFormat;
import uz.koprik.indicators.translate.export.ExportOptions;
import uz.koprik.indicators.translate.export.ExportWriter;
import uz.koprik.indicators.translate.misp.StixToMisp;
import uz.koprik.indicators.warninglist.ProtectedValues;
import uz.koprik.indicators.wording.Sentence;

/**
 * Exports from files, without a centre. What is unmarked counts as {@link EffectiveMarking#DEFAULT}, and what bears a
 * marking that is neither TLP nor a statement in one of the files as {@link Tlp#RED}.
 */
final class FileExport {

    private final ExportFormat format;
    private final Set<String> types;
    private final Tlp strictest;
    private final ExportOptions options;
    private final Consumer<Untranslatable> unexpressed;
    private final ExportCounts counts = new ExportCounts();
    /** Observables of the files with protected values, by id. */
    private final Map<String, JsonObject> protectedObservables = new HashMap<>();

    private final List<StixObject> observedData = new ArrayList<>();
    private final ProtectedValues protectedValues;
    private List<Path> files = List.of();
    /** The statements that the files define; null until an object bears a marking that is none of TLP. */
    private Set<String> statements;

    FileExport(
            ExportFormat format,
            List<String> types,
            List<String> kinds,
            String tlp,
            boolean all,
            boolean hashLists,
            ProtectedValues protectedValues,
            boolean anyway,
            Consumer<Untranslatable> unexpressed) {
        this.format = format;
        // Whole MISP events need everything that belongs together.
        this.types = types.isEmpty() && format != ExportFormat.MISP ? Set.of("indicator") : Set.copyOf(types);
        this.strictest = tlp == null
                ? ExportOptions.SAFE_LIMIT
                : Tlp.parse(tlp)
                        .orElseThrow(
                                () -> new Failure(ExitCode.USAGE, "--tlp is clear, green, amber, amber+strict or red"));
        Set<ObservableKind> wanted = new HashSet<>();
        for (String kind : kinds) {
            wanted.add(ObservableKind.ofCode(kind)
                    .orElseThrow(() ->
                            new Failure(ExitCode.USAGE, "--kind: no kind of observable is called \"" + kind + '"')));
        }
        this.options = new ExportOptions(
                wanted,
                ProcessClock.get().instant(),
                all,
                hashLists,
                unexpressed,
                protectedValues,
                counts,
                tlp == null ? Optional.of(strictest) : Optional.empty(),
                anyway,
                id -> Optional.ofNullable(protectedObservables.get(id)));
        this.protectedValues = protectedValues;
        this.unexpressed = unexpressed;
    }

    void write(List<Path> files, OutputStream out) throws IOException, ImportRefused {
        this.files = List.copyOf(files);
        if (format == ExportFormat.MISP) {
            events(files, out);
            return;
        }
        ExportWriter writer = format.writer(out, options);
        for (Path file : files) {
            read(file, object -> {
                if (object.type().equals("observed-data")) {
                    observedData.add(object); // its observables may follow in any file
                } else {
                    writer.write(object, tlp(object));
                }
            });
        }
        for (StixObject object : observedData) {
            writer.write(object, tlp(object));
        }
        writer.finish();
    }

    /** What was written and left out, once all is written. */
    ExportSummary summary() {
        return ExportSummary.of(format, strictest, options);
    }

    /** Takes one object. */
    @FunctionalInterface
    private interface Taker {
        void take(StixObject object) throws IOException;
    }

    /** All objects of all files at once: reports become events. */
    private void events(List<Path> files, OutputStream out) throws IOException, ImportRefused {
        List<StixObject> read = new ArrayList<>();
        for (Path file : files) {
            read(file, read::add);
        }
        List<StixObject> objects = new ArrayList<>();
        List<Untranslatable> missing = new ArrayList<>();
        for (StixObject object : read) {
            if (options.inForce(object.json())) {
                List<Untranslatable> leftOut = options.leftOut(object);
                missing.addAll(leftOut);
                if (leftOut.isEmpty()) {
                    objects.add(object);
                }
            }
        }
        StixToMisp.Result result =
                StixToMisp.translate(objects, Normalisation.PLAIN, object -> options.isInForce(object.json()));
        result.unexpressed().forEach(one -> counts.omitted(ExportCounts.Omission.NOT_EXPRESSED));
        missing.addAll(result.unexpressed());
        missing.forEach(unexpressed);
        List<Json> events = new ArrayList<>();
        result.events().forEach(event -> {
            events.add(JsonObject.builder().put("Event", event).build());
            int entries =
                    event.items("Attribute").size() + event.items("Object").size();
            for (int i = 0; i < entries; i++) {
                counts.wrote();
            }
        });
        out.write(CanonicalJson.bytes(JsonObject.builder()
                .put("response", new JsonArray(events))
                .put(
                        "unexpressed",
                        new JsonArray(missing.stream().map(u -> (Json) u.json()).toList()))
                .build()));
        out.write('\n');
    }

    private void read(Path file, Taker taker) throws IOException, ImportRefused {
        try (InputStream in = new BufferedInputStream(FileFailures.open(file));
                ImportReader reader = open(in, file)) {
            if (!Set.of(ImportFormat.OBJECTS, ImportFormat.SINGLE_OBJECT, ImportFormat.MISP)
                    .contains(reader.format())) {
                throw new ImportRefused(
                        Sentence.other(file + ": this is no STIX object, bundle, TAXII envelope or MISP event"));
            }
            for (ImportItem item = next(reader, file); item != null; item = next(reader, file)) {
                String where = file + ":" + item.where();
                switch (item) {
                    case ImportItem.ObjectBytes object -> take(object, where, taker);
                    case ImportItem.RefusedRow bad ->
                        unexpressed.accept(Untranslatable.whole(where, "object", bad.reason()));
                    case ImportItem.ImportNote note ->
                        unexpressed.accept(Untranslatable.part(where, "part", note.reason()));
                    case ImportItem.Value _, ImportItem.PatternText _ ->
                        throw new IllegalStateException("values do not come out of objects: " + where);
                }
            }
        }
    }

    private static ImportReader open(InputStream in, Path file) throws IOException, ImportRefused {
        try {
            return ImportReader.open(in, ImportOptions.of(file.getFileName().toString()));
        } catch (ImportRefused e) {
            throw new ImportRefused(Sentence.other(file + ": " + e.getMessage()));
        }
    }

    private static ImportItem next(ImportReader reader, Path file) throws IOException, ImportRefused {
        try {
            return reader.next();
        } catch (ImportRefused e) {
            throw new ImportRefused(Sentence.other(file + ": " + e.getMessage()));
        }
    }

    private Tlp tlp(StixObject object) throws IOException {
        List<String> others = EffectiveMarking.others(object);
        if (!others.isEmpty() && statements == null) {
            statements = statements();
        }
        return others.isEmpty() || statements.containsAll(others)
                ? EffectiveMarking.own(object, EffectiveMarking.DEFAULT)
                : Tlp.RED;
    }

    /**
     * Reads the files twice, since a definition may follow the objects that it marks. Definitions from a pipe are not
     * used.
     */
    private Set<String> statements() throws IOException {
        Set<String> found = new HashSet<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                continue;
            }
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                    ImportReader reader = ImportReader.open(
                            in, ImportOptions.of(file.getFileName().toString()))) {
                for (ImportItem item = reader.next(); item != null; item = reader.next()) {
                    if (item instanceof ImportItem.ObjectBytes one) {
                        statement(one.object()).ifPresent(found::add);
                    }
                }
            } catch (ImportRefused unreadable) {
                return found; // the first reading says so
            }
        }
        return found;
    }

    private static Optional<String> statement(byte[] bytes) {
        try {
            return Optional.of(StixReader.read(bytes))
                    .filter(MarkingDefinitions::understood)
                    .map(StixObject::id);
        } catch (InvalidObject invalid) {
            return Optional.empty();
        }
    }

    private void take(ImportItem.ObjectBytes item, String where, Taker taker) throws IOException {
        try {
            StixObject object = StixReader.read(item.object(), Set.of()).object();
            boolean observed = types.isEmpty() || types.contains("observed-data");
            if (observed
                    && !object.type().equals("indicator")
                    && !protectedValues.hits(object.json()).isEmpty()) {
                protectedObservables.put(object.id(), object.json());
            }
            if (!types.isEmpty() && !types.contains(object.type())) {
                return;
            }
            counts.examined();
            if (tlp(object).compareTo(strictest) <= 0) {
                taker.take(object);
            } else {
                counts.omitted(ExportCounts.Omission.STRICTER_TLP);
            }
        } catch (InvalidObject e) {
            unexpressed.accept(Untranslatable.whole(where, "object", e.getMessage()));
        }
    }
}
