package uz.koprik.gateway.doctor;

/**
 * A defect and how {@code koprik doctor} reports it.
 *
 * @param name as in {@code docs/doctor.md}
 * @param words that the line contains
 * @param cure that the line contains after them
 */
record Defect(String name, Preparation prepare, Finding.Level level, String what, String words, String cure) {

    /** Makes the defect. */
    interface Preparation {
        void on(Patient patient) throws Exception;
    }

    static Defect warning(String name, String what, String words, String cure, Preparation prepare) {
        return new Defect(name, prepare, Finding.Level.WARNING, what, words, cure);
    }

    static Defect error(String name, String what, String words, String cure, Preparation prepare) {
        return new Defect(name, prepare, Finding.Level.ERROR, what, words, cure);
    }

    boolean isFoundBy(Finding finding) {
        return finding.level() == level
                && finding.what().equals(what)
                && finding.words().contains(words)
                && finding.cure().contains(cure);
    }

    @Override
    public String toString() {
        return name + " (" + level.word() + " " + what + ": … " + words + " … " + cure + ")";
    }
}
