package uz.koprik.gateway.trouble;

/** What is wrong with a watched folder; the sentence follows its name. */
public enum FolderTrouble implements Trouble.Kind {
    FOLDER_GONE("cannot be read: the folder is missing, or a file in it vanished"),
    FOLDER_UNUSABLE("cannot be worked on: {said}"),
    FOLDER_SETTING_WRONG("waits: {said}"),
    FOLDER_STORE_AWAY("waits: the store cannot serve"),
    FOLDER_CANNOT_SIGN("waits: the centre cannot sign: {said}");

    private final String english;

    FolderTrouble(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
