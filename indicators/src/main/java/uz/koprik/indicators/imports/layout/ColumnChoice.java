package uz.koprik.indicators.imports.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import uz.koprik.indicators.imports.layout.HeaderWords.Meaning;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.wording.Sentence;

/**
 * Which column of a table is used for what: by the names in its header, and where a name has several meanings by the
 * cells of the first rows.
 *
 * @param columns one for each column of the table, from the left; empty when there is a problem
 * @param problem why no column is sure to have the values, which columns were considered and how to name one; empty
 *     when one is
 */
public record ColumnChoice(List<TableColumn> columns, Sentence problem) {

    /** Share of the cells that must fit before cells decide. */
    private static final double ENOUGH = 0.5;

    private static final int LONGEST_NAME = 40;

    public ColumnChoice {
        columns = List.copyOf(columns);
    }

    /**
     * Chooses.
     *
     * @param header names of the columns
     * @param rows the first rows
     * @param stated what the sender says: role by the name of the column, without case, blanks and punctuation
     * @param isValue whether a cell holds values of some of these kinds; of any kind when there are none
     */
    public static ColumnChoice of(
            List<String> header,
            List<List<String>> rows,
            Map<String, ColumnRole> stated,
            BiPredicate<String, List<ObservableKind>> isValue) {
        return new Choosing(header, rows, stated, isValue).choose();
    }

    /** Whether a row is the header of a table: it names a column of values, or is known as that of a feed. */
    public static boolean isHeader(List<String> row) {
        if (row.stream().anyMatch(name -> name.indexOf('"') >= 0)) {
            return false; // a rule of a scanner, or another text with quotations
        }
        return row.stream().anyMatch(HeaderWords::namesValues)
                || (row.size() > 1
                        && row.stream()
                                        .filter(name -> !HeaderWords.of(name).isEmpty())
                                        .count()
                                >= 2);
    }

    /** Whether one of these names is that of a column of values by itself. */
    public static boolean namesValue(List<String> names) {
        return names.stream().anyMatch(HeaderWords::namesValues);
    }

    /**
     * Whether the second of two rows with names of columns says more than the first, which then has names of groups.
     * All its cells have to be known: the kind of a value is the name of a column, too.
     */
    public static boolean isBetterHeader(List<String> second, List<String> first) {
        long known = known(second);
        long groups = first.stream().map(TypeWords::bare).distinct().count();
        boolean all = second.stream()
                .allMatch(name -> name.isBlank() || !HeaderWords.of(name).isEmpty());
        return known > 1 && (all ? known >= known(first) : groups < first.size() && known > known(first));
    }

    private static long known(List<String> names) {
        return names.stream()
                .filter(name -> !HeaderWords.of(name).isEmpty())
                .map(TypeWords::bare)
                .distinct()
                .count();
    }

    /** The columns that are used for nothing, by their names. */
    public List<String> unused() {
        return columns.stream()
                .filter(column ->
                        column.role() == ColumnRole.SKIP && !column.header().isBlank())
                .map(column -> shown(column.header()))
                .toList();
    }

    static String shown(String header) {
        String one = header.strip().replaceAll("\\p{Cntrl}+", " ");
        return '"' + (one.length() > LONGEST_NAME ? one.substring(0, LONGEST_NAME) + "…" : one) + '"';
    }

    /** One choice under way. */
    private static final class Choosing {

        private final List<String> header;
        private final List<List<String>> rows;
        private final BiPredicate<String, List<ObservableKind>> isValue;
        private final TableColumn[] chosen;
        private final List<List<Meaning>> meanings = new ArrayList<>();
        private final Map<String, ColumnRole> stated;

        Choosing(
                List<String> header,
                List<List<String>> rows,
                Map<String, ColumnRole> stated,
                BiPredicate<String, List<ObservableKind>> isValue) {
            this.header = header;
            this.rows = rows;
            this.stated = stated;
            this.isValue = isValue;
            this.chosen = new TableColumn[header.size()];
        }

        ColumnChoice choose() {
            for (int i = 0; i < header.size(); i++) {
                meanings.add(HeaderWords.of(header.get(i)));
                ColumnRole role = stated.get(TypeWords.bare(header.get(i)));
                if (role != null) {
                    chosen[i] = new TableColumn(header.get(i), role, role == ColumnRole.VALUE ? kinds(i) : List.of());
                }
            }
            if (taken(ColumnRole.VALUE).isEmpty()) {
                List<Integer> kindColumns = kindColumns();
                chooseValues(kindColumns);
            }
            chooseOne(ColumnRole.PATTERN);
            if (taken(ColumnRole.VALUE).isEmpty() && taken(ColumnRole.PATTERN).isEmpty()) {
                return new ColumnChoice(List.of(), problem());
            }
            chooseKind();
            for (ColumnRole role : ColumnRole.values()) {
                switch (role) {
                    case VALUE, KIND, PATTERN, SKIP -> {}
                    case DESCRIPTION, LABELS -> chooseAll(role);
                    case ACTIVE -> {
                        chooseAll(role);
                        chooseWhere(role, cells -> cells.stream()
                                .allMatch(cell -> CellForms.inForce(cell).isPresent()));
                    }
                    case REVOKED -> {
                        chooseAll(role);
                        // One word of an end is enough: the other states of such a column say nothing of it.
                        chooseWhere(
                                role,
                                cells -> cells.stream().anyMatch(CellForms::isEnd)
                                        || cells.stream().allMatch(CellForms::isState));
                    }
                    case DETECTION -> chooseDetection();
                    case TLP -> {
                        chooseOne(role);
                        chooseMore(role, i -> cells(i).stream()
                                .allMatch(cell -> !TlpNumbers.has(cell)
                                        && CellForms.tlp(cell, header.get(i)).isPresent()));
                    }
                    case VALID_UNTIL -> {
                        chooseOne(role);
                        chooseMore(role, i -> cells(i).stream()
                                .allMatch(cell ->
                                        CellForms.isEndless(cell) || CellForms.time(cell) != StixTimestamp.INVALID));
                    }
                    case NAME, VALID_FROM, CONFIDENCE, PATTERN_TYPE, PORT, FILE_NAME -> chooseOne(role);
                }
            }
            // A column of markings is none that may be left out, under any name.
            free(i -> filled(i) > 0 && cells(i).stream().allMatch(CellForms::isMarking))
                    .forEach(i -> chosen[i] = TableColumn.of(header.get(i), ColumnRole.TLP));
            List<TableColumn> columns = new ArrayList<>();
            for (int i = 0; i < chosen.length; i++) {
                columns.add(chosen[i] == null ? TableColumn.of(header.get(i), ColumnRole.SKIP) : chosen[i]);
            }
            return new ColumnChoice(columns, Sentence.NONE);
        }

        private void chooseValues(List<Integer> kindColumns) {
            List<Integer> typed = free(i -> named(i, ColumnRole.VALUE, false)
                            .filter(m -> !m.kinds().isEmpty())
                            .isPresent()
                    && !isOfOwner(i)
                    && !isBesideHarmful(i)
                    && !mayBeOfVictim(i));
            List<Integer> general = free(i -> named(i, ColumnRole.VALUE, false)
                            .filter(m -> m.kinds().isEmpty())
                            .isPresent()
                    && !(kindColumns.contains(i) && kindColumns.size() == 1 && values(i) < ENOUGH));
            Optional<Integer> best = best(general);
            if (best.isEmpty() && isTraffic(typed)) {
                return; // one of the two addresses is one's own
            }
            boolean typedFit = typed.stream().anyMatch(i -> values(i) >= ENOUGH);
            if (best.isPresent() && (values(best.get()) >= ENOUGH || !typedFit)) {
                boolean fits = rows.isEmpty()
                        || values(best.get()) > 0
                        || filled(best.get()) == 0
                        || weaker(ENOUGH).isEmpty();
                if (fits) {
                    chosen[best.get()] = TableColumn.of(header.get(best.get()), ColumnRole.VALUE);
                    return;
                }
            }
            if (!typed.isEmpty()) {
                typed.forEach(i -> chosen[i] = new TableColumn(header.get(i), ColumnRole.VALUE, kinds(i)));
                return;
            }
            weaker(kindColumns.isEmpty() ? ENOUGH : 0)
                    .ifPresent(i -> chosen[i] = new TableColumn(header.get(i), ColumnRole.VALUE, kinds(i)));
        }

        /** Whether a column has the names of who owns the address of the row, as look-ups of addresses show. */
        private boolean isOfOwner(int i) {
            return kinds(i).equals(List.of(ObservableKind.DOMAIN))
                    && header.stream().anyMatch(HeaderWords::namesOwner)
                    && meanings.stream().flatMap(List::stream).anyMatch(meaning -> meaning.kinds()
                            .contains(ObservableKind.IPV4))
                    && meanings.stream()
                            .flatMap(List::stream)
                            .noneMatch(meaning -> meaning.kinds().contains(ObservableKind.URL) && !meaning.weak());
        }

        /** Whether a column has one end of traffic, and another column says which address is the harmful one. */
        private boolean isBesideHarmful(int i) {
            return (begins(i, "src", "source") || begins(i, "dst", "dest"))
                    && IntStream.range(0, chosen.length)
                            .anyMatch(other -> HeaderWords.namesHarmful(header.get(other))
                                    && kinds(other).contains(ObservableKind.IPV4));
        }

        /** Whether nobody can say of whom a value is: the table has those of victims, too. */
        private boolean mayBeOfVictim(int i) {
            return !HeaderWords.namesHarmful(header.get(i))
                    && kinds(i).stream()
                            .anyMatch(kind -> header.stream().anyMatch(name -> HeaderWords.namesVictim(name, kind)));
        }

        /** Whether the columns are where traffic comes from and where it goes to. */
        private boolean isTraffic(List<Integer> typed) {
            return typed.stream()
                            .anyMatch(i -> begins(i, "src", "source")
                                    || (kinds(i).contains(ObservableKind.IPV4)
                                            && !begins(i, "dst", "dest")
                                            && !HeaderWords.namesHarmful(header.get(i))))
                    && typed.stream().anyMatch(i -> begins(i, "dst", "dest"));
        }

        private boolean begins(int i, String one, String other) {
            String bare = TypeWords.bare(header.get(i));
            return bare.startsWith(one) || bare.startsWith(other);
        }

        /** The column whose name may mean values and most of whose cells are values. */
        private Optional<Integer> weaker(double enough) {
            return best(free(i -> named(i, ColumnRole.VALUE, true).isPresent()
                    && !mayBeOfVictim(i)
                    && values(i) > 0
                    && values(i) >= enough));
        }

        private Optional<Integer> best(List<Integer> columns) {
            return columns.stream()
                    .max(Comparator.<Integer>comparingDouble(this::values)
                            .thenComparing(Comparator.<Integer>comparingInt(i -> named(i, ColumnRole.VALUE, true)
                                            .orElseThrow()
                                            .rank())
                                    .reversed()));
        }

        /** Columns whose cells are type words. */
        private List<Integer> kindColumns() {
            return free(i -> named(i, ColumnRole.KIND, true).isPresent() && types(i) >= ENOUGH);
        }

        private void chooseKind() {
            if (!taken(ColumnRole.KIND).isEmpty()) {
                return;
            }
            Optional<Integer> best = free(i -> named(i, ColumnRole.KIND, true).isPresent()).stream()
                    .filter(i -> {
                        boolean weak =
                                named(i, ColumnRole.KIND, true).orElseThrow().weak();
                        return types(i) >= ENOUGH || (!weak && (types(i) > 0 || filled(i) < 2 || isKind(i)));
                    })
                    .max(Comparator.<Integer>comparingInt(i -> isSureOfKinds(i) ? 1 : 0)
                            .thenComparingDouble(this::kindsOfTypes)
                            .thenComparingDouble(this::types)
                            .thenComparing(Comparator.<Integer>comparingInt(i -> named(i, ColumnRole.KIND, true)
                                            .orElseThrow()
                                            .rank())
                                    .reversed()));
            best.ifPresent(i -> chosen[i] = TableColumn.of(header.get(i), ColumnRole.KIND));
            // Words that are no types, such as "phishing", are labels.
            free(i -> named(i, ColumnRole.KIND, false).isPresent() && best.isEmpty())
                    .forEach(i -> chosen[i] = TableColumn.of(header.get(i), ColumnRole.LABELS));
        }

        /** A column of types rather than of categories, which have words such as "malware" too. */
        private boolean isSureOfKinds(int i) {
            return kindsOfTypes(i) >= ENOUGH
                    && !named(i, ColumnRole.KIND, true).orElseThrow().weak();
        }

        private boolean isKind(int i) {
            return TypeWords.bare(header.get(i)).equals("kind");
        }

        private void chooseOne(ColumnRole role) {
            if (!taken(role).isEmpty()) {
                return;
            }
            free(i -> named(i, role, false).isPresent()).stream()
                    .filter(i -> rows.isEmpty() || filled(i) > 0 || rows.size() < 2 || role != ColumnRole.NAME)
                    .min(Comparator.<Integer>comparingInt(i -> filled(i) == 0 ? 1 : 0)
                            .thenComparingInt(
                                    i -> named(i, role, false).orElseThrow().rank()))
                    .ifPresent(i -> chosen[i] = TableColumn.of(header.get(i), role));
        }

        /** Further columns with a limit, of which the narrowest holds. */
        private void chooseMore(ColumnRole role, IntPredicate fits) {
            free(i -> named(i, role, false).isPresent() && filled(i) > 0 && fits.test(i))
                    .forEach(i -> chosen[i] = TableColumn.of(header.get(i), role));
        }

        private void chooseAll(ColumnRole role) {
            free(i -> named(i, role, false).isPresent()).forEach(i -> chosen[i] = TableColumn.of(header.get(i), role));
        }

        private void chooseDetection() {
            free(i -> named(i, ColumnRole.DETECTION, true).isPresent() && filled(i) > 0 && judges(i)).stream()
                    .findFirst()
                    .ifPresent(i -> chosen[i] = TableColumn.of(header.get(i), ColumnRole.DETECTION));
        }

        /** Whether all cells are yes, no or verdicts; some are enough where the name is that of verdicts. */
        private boolean judges(int i) {
            return (flags(i) && !HeaderWords.isGrade(header.get(i)))
                    || (HeaderWords.isVerdict(header.get(i))
                            && cells(i).stream().anyMatch(CellForms::isVerdict));
        }

        /** Columns such as "status" whose cells say whether a row still counts. */
        private void chooseWhere(ColumnRole role, Predicate<List<String>> fits) {
            free(i -> named(i, role, true).isPresent() && filled(i) > 0 && fits.test(cells(i)))
                    .forEach(i -> chosen[i] = TableColumn.of(header.get(i), role));
        }

        private List<Integer> free(IntPredicate wanted) {
            return IntStream.range(0, chosen.length)
                    .filter(i -> chosen[i] == null && wanted.test(i))
                    .boxed()
                    .toList();
        }

        private List<TableColumn> taken(ColumnRole role) {
            return Arrays.stream(chosen)
                    .filter(column -> column != null && column.role() == role)
                    .toList();
        }

        private Optional<Meaning> named(int i, ColumnRole role, boolean weakToo) {
            return meanings.get(i).stream()
                    .filter(meaning -> meaning.role() == role && (weakToo || !meaning.weak()))
                    // Cells of yes and no are neither values nor descriptions.
                    .filter(meaning -> !isDetection(i) || role == ColumnRole.DETECTION)
                    .findFirst();
        }

        private boolean isDetection(int i) {
            return meanings.get(i).stream().anyMatch(m -> m.role() == ColumnRole.DETECTION)
                    && filled(i) > 0
                    && flags(i);
        }

        private List<ObservableKind> kinds(int i) {
            return meanings.get(i).stream()
                    .filter(meaning -> meaning.role() == ColumnRole.VALUE)
                    .map(Meaning::kinds)
                    .filter(kinds -> !kinds.isEmpty())
                    .findFirst()
                    .orElse(List.of());
        }

        private List<String> cells(int i) {
            return rows.stream()
                    .filter(row -> row.size() > i)
                    .map(row -> row.get(i).strip())
                    .filter(cell -> !cell.isEmpty() && !CellForms.isNothing(cell))
                    .toList();
        }

        private long filled(int i) {
            return cells(i).size();
        }

        private double values(int i) {
            return share(i, cell -> isValue.test(cell, kinds(i)));
        }

        private double types(int i) {
            return share(i, cell -> TypeWords.of(cell).isPresent());
        }

        /** The share of type words that say more than that there is a value, as "observable" does. */
        private double kindsOfTypes(int i) {
            return share(i, cell -> TypeWords.of(cell)
                    .filter(type -> !type.held() || !type.kinds().isEmpty())
                    .isPresent());
        }

        private boolean flags(int i) {
            return cells(i).stream().allMatch(cell -> CellForms.detection(cell).isPresent());
        }

        private double share(int i, Predicate<String> fits) {
            List<String> cells = cells(i);
            return cells.isEmpty() ? 0 : (double) cells.stream().filter(fits).count() / cells.size();
        }

        private Sentence problem() {
            Map<Integer, Long> fitting = new TreeMap<>();
            for (int i = 0; i < header.size(); i++) {
                long fit = cells(i).stream()
                        .filter(cell -> isValue.test(cell, List.of()))
                        .count();
                if (fit > 0) {
                    fitting.put(i, fit);
                }
            }
            if (fitting.isEmpty()) {
                String names =
                        header.stream().limit(12).map(ColumnChoice::shown).collect(Collectors.joining(", "));
                return FileFault.NO_COLUMN_OF_VALUES.of(names);
            }
            String considered = fitting.entrySet().stream()
                    .map(one ->
                            shown(header.get(one.getKey())) + " (" + one.getValue() + "/" + filled(one.getKey()) + ")")
                    .collect(Collectors.joining(", "));
            String best = header.get(fitting.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey());
            return FileFault.SEVERAL_COLUMNS_OF_VALUES.of(considered, shown(best));
        }
    }
}
