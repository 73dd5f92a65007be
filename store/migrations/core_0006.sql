-- Sixteen pieces of the word index at one level were merged in the middle of a write:
-- a replica that catches up writes a piece with each page. A search looks through a
-- few more of them until an idle moment has merged them.
INSERT INTO search (search, rank) VALUES ('crisismerge', 64);
