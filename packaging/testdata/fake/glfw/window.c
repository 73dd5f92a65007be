int keys = 1;
int filtered = 0;
