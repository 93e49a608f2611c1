create virtual table search using fts5 (
    stem,
    word,
    content = '',
    contentless_delete = 1,
    tokenize = "ascii tokenchars '._@+/#-'"
);
