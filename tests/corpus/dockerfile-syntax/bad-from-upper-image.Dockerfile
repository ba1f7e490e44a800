FROM Scratch/X
